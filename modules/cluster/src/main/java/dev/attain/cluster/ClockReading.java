package dev.attain.cluster;

/**
 * How a node's monotonic clock relates to the coordinator's, by Cristian's method: node time minus coordinator time,
 * known within half of the shortest round trip seen.
 *
 * @param offsetNanos add it to an instant of the coordinator's clock to get the same instant on the node's clock
 * @param boundNanos the offset is off by at most this much
 * @param roundTrips how many round trips the reading rests on
 */
public record ClockReading(long offsetNanos, long boundNanos, int roundTrips) {
  /** The reading that one round trip gives: asked at {@code sentNanos}, answered at {@code receivedNanos}. */
  static ClockReading ofRoundTrip(long sentNanos, long nodeNanos, long receivedNanos) {
    long roundTrip = receivedNanos - sentNanos;
    return new ClockReading(nodeNanos - (sentNanos + roundTrip / 2), (roundTrip + 1) / 2, 1);
  }

  /** Of two readings the one with the tighter bound; the number of round trips adds up. */
  ClockReading tighter(ClockReading other) {
    ClockReading best = other.boundNanos < boundNanos ? other : this;
    return new ClockReading(best.offsetNanos, best.boundNanos, roundTrips + other.roundTrips);
  }

  long onNode(long coordinatorNanos) {
    return coordinatorNanos + offsetNanos;
  }
}
