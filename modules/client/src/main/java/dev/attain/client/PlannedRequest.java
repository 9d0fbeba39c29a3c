package dev.attain.client;

import dev.attain.workload.RequestShape;

/**
 * One request of a share.
 *
 * @param position place within the share
 * @param index place within the schedule of the point
 * @param shape prompt and output length
 * @param intendedNanos when it is due, from the start of the point
 */
record PlannedRequest(int position, int index, RequestShape shape, long intendedNanos) {}
