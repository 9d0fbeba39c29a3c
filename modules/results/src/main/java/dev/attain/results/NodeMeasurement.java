package dev.attain.results;

import dev.attain.measurement.Snapshot;

/**
 * The last word of one load node about its share of a point.
 *
 * @param newest cumulative; of a lost node the last one that arrived
 * @param clockOffset seconds to add to this node's clock to get the coordinator's
 * @param clockBound seconds; the offset is wrong by at most this much
 */
public record NodeMeasurement(String id, Snapshot newest, double clockOffset, double clockBound) {}
