package dev.attain.measurement;

import org.HdrHistogram.Histogram;

/**
 * Range and precision of a histogram. Histograms can be added without loss only when all three numbers are equal, so
 * the layout travels with every snapshot and a different one is refused.
 *
 * @param lowest smallest value told apart from 0, in the histogram's unit
 * @param highest largest value that can be recorded, in the histogram's unit
 * @param digits number of significant decimal digits
 */
public record HistogramLayout(long lowest, long highest, int digits) {
  /** What all nodes use: 1 us to 1 h in microseconds (required scales: thousandths), 3 digits. */
  public static final HistogramLayout SHARED = new HistogramLayout(1, 3_600_000_000L, 3);

  Histogram histogram() {
    return new Histogram(lowest, highest, digits);
  }

  static HistogramLayout of(Histogram histogram) {
    return new HistogramLayout(histogram.getLowestDiscernibleValue(), histogram.getHighestTrackableValue(),
        histogram.getNumberOfSignificantValueDigits());
  }

  @Override
  public String toString() {
    return lowest + " to " + highest + " with " + digits + " digits";
  }
}
