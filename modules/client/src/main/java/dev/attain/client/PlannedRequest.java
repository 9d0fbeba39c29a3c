package dev.attain.client;

import dev.attain.workload.RequestShape;

/**
 * One request of a share.
 *
 * @param position place within the share
 * @param index place within the schedule of the point
 * @param shape prompt and output length
 * @param intendedNanos when it is due, from the start of the point; never when nobody knows
 * @param releasedNanos when it was allowed to be sent: when it was due, unless it had to wait for others to end
 * @param measured false for one that only keeps the load up
 */
record PlannedRequest(int position, int index, RequestShape shape, long intendedNanos, long releasedNanos,
    boolean measured) {
  PlannedRequest(int position, int index, RequestShape shape, long intendedNanos) {
    this(position, index, shape, intendedNanos, intendedNanos, true);
  }

  PlannedRequest releasedAt(long nanos) {
    return new PlannedRequest(position, index, shape, intendedNanos, Math.max(intendedNanos, nanos), measured);
  }
}
