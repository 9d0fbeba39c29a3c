package dev.attain.measurement;

import org.HdrHistogram.Histogram;

/**
 * Everything a node (or several together) has measured from the start of the point until some instant. Immutable,
 * cumulative and numbered: of two snapshots of one node the one with the higher number contains the other.
 *
 * @param number 0 before the start, then increasing
 * @param counts exact counts
 * @param latencies distributions
 */
public record Snapshot(long number, Counts counts, Latencies latencies) {

  /** What is known of a share before its node has reported: number 0, everything still to do. */
  public static Snapshot beforeStart(long planned) {
    return new Snapshot(0, Counts.ofPlanned(planned), Latencies.empty());
  }

  /**
   * How many requests meet both objectives when both are multiplied by {@code scale}. At scale 1 this is exactly
   * {@code counts().metBoth()}; above 2.047 a scale is known to 3 digits.
   *
   * @throws IllegalArgumentException unless scale is positive and finite
   */
  public long meetingAtScale(double scale) {
    if (!(scale > 0) || Double.isInfinite(scale)) {
      throw new IllegalArgumentException("an SLO scale must be positive and finite, not " + scale);
    }
    Histogram scales = latencies.series(Latencies.SCALE);
    // 0.29 * 1000 is a little less than 290.
    long permille = Math.min((long) Math.floor(scale * 1000 + 1e-6), HistogramLayout.SHARED.highest());
    return scales.getCountBetweenValues(0, permille);
  }

  /**
   * How many planned requests meet the objectives at no scale: all that did not complete, and those beyond the range
   * of the histogram. Together with the required-scale histogram it makes up the planned requests.
   */
  public long neverMeeting() {
    return counts.planned() - latencies.series(Latencies.SCALE).getTotalCount();
  }

  /** This snapshot, its share's node being gone: whatever had not ended is lost. */
  public Snapshot withRemainderLost() {
    return new Snapshot(number, counts.withRemainderLost(), latencies);
  }

  /** The form for the wire, some 20 kB for a million values. */
  public EncodedSnapshot encode() {
    return HistogramCodec.encode(this);
  }
}
