package dev.attain.statistics;

import java.util.Arrays;

/**
 * Where the steady state of a series begins, and whether there is one.
 *
 * @param warmUp how many of the first requests MSER-5 would leave out
 * @param settled whether MSER-5 found a beginning within the first half; else the whole series is one transient
 * @param trend of what remains after the warm-up
 */
public record SteadyState(int warmUp, boolean settled, MannKendall trend) {
  private static final int BATCH = 5;
  private static final int TREND_BATCHES = 20;

  /**
   * MSER-5 (K. P. White, "An effective truncation heuristic for bias reduction in simulation output", 1997; S. C. Spratt,
   * 1998): of means Z of batches of 5, leaves out those first d, at most half of all m, that make
   * sum of (Z_i - mean)^2 over i > d, divided by (m - d)^2, smallest. It is known to be fooled by slow drifts; so what
   * remains is tested for a trend as well.
   *
   * @param values in the order in which their requests were intended; those without a value are {@code NaN}
   */
  public static SteadyState of(double[] values) {
    int[] positions = new int[values.length];
    int known = 0;
    for (int index = 0; index < values.length; index++) {
      if (!Double.isNaN(values[index])) {
        positions[known++] = index;
      }
    }
    var series = new double[known];
    for (int index = 0; index < known; index++) {
      series[index] = values[positions[index]];
    }
    int batches = known / BATCH;
    int cut = batches < 2 ? 0 : truncation(Batches.means(Arrays.copyOf(series, batches * BATCH), batches));
    boolean settled = batches < 2 || cut < batches / 2;
    int first = cut * BATCH;
    return new SteadyState(first == 0 ? 0 : positions[first], settled, trend(Arrays.copyOfRange(series, first, known)));
  }

  /** Whether a beginning was found and nothing drifts after it. */
  public boolean steady() {
    return settled && !trend.rises() && !trend.falls();
  }

  private static MannKendall trend(double[] rest) {
    return MannKendall.of(Batches.means(rest, Math.min(TREND_BATCHES, rest.length)));
  }

  /** The number of batches that leaves the least standard error of the mean of the rest; sums go from the end. */
  private static int truncation(double[] means) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    double mean = 0;
    double squares = 0;
    for (int first = means.length - 1; first >= 0; first--) {
      double rest = means.length - first;
      double distance = means[first] - mean;
      mean += distance / rest;
      squares += distance * (means[first] - mean);
      double error = squares / (rest * rest);
      if (first <= means.length / 2 && error <= least) {
        least = error;
        best = first;
      }
    }
    return best;
  }
}
