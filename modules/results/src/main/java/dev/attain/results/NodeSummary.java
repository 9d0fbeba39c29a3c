package dev.attain.results;

/**
 * What became of the requests of one load node's share of a point. The five outcomes add up to {@code planned}, also
 * for a node that was lost.
 *
 * @param clockOffset seconds to add to this node's clock to get the coordinator's
 * @param clockBound seconds; the offset is wrong by at most this much
 */
public record NodeSummary(String id, long planned, long completed, long failed, long timedOut, long unsent, long lost,
    double clockOffset, double clockBound) {

  /** Whether every planned request of this node has exactly one outcome. */
  public boolean conserved() {
    return planned == completed + failed + timedOut + unsent + lost;
  }
}
