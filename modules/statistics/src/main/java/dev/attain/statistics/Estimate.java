package dev.attain.statistics;

import java.util.Arrays;

/**
 * A figure and its 95 % interval, in the figure's own unit. Ends may be infinite where nothing bounds the figure.
 *
 * @param value the figure itself, from the whole run
 * @param low lower end
 * @param high upper end
 */
public record Estimate(double value, double low, double high) {
  private static final double OUTSIDE = 0.025;

  /**
   * The percentile interval: the middle 95 % of the values that resamples gave, and the figure itself. Those that are
   * NaN - a ratio of nothing to nothing - are left out; without any other nothing is known.
   */
  public static Estimate of(double value, double[] resampled) {
    return between(value, resampled, resampled);
  }

  /**
   * As {@link #of}, when each resample only bounds the figure: the lower end comes from the lower bounds, the upper end
   * from the upper ones.
   */
  static Estimate between(double value, double[] lower, double[] upper) {
    double[] lows = sorted(lower);
    double[] highs = sorted(upper);
    if (lows.length == 0 || highs.length == 0) {
      return new Estimate(value, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    double low = lows[(int) Math.floor(OUTSIDE * (lows.length - 1))];
    double high = highs[(int) Math.ceil((1 - OUTSIDE) * (highs.length - 1))];
    // Resamples of a high percentile lie below the run's own; an interval without its figure would only confuse.
    return Double.isNaN(value)
        ? new Estimate(value, low, high)
        : new Estimate(value, Math.min(low, value), Math.max(high, value));
  }

  /** Whether the interval contains a value; its ends belong to it. */
  public boolean contains(double other) {
    return low <= other && other <= high;
  }

  private static double[] sorted(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
  }
}
