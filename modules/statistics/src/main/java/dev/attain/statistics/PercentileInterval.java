package dev.attain.statistics;

import dev.attain.measurement.SampleSize;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * The interval of a percentile, from the ranks of the values themselves and without any assumption about their
 * distribution.
 *
 * @param low empty when there are too few values for a lower end
 * @param high empty when there are too few values for an upper end: the true percentile may lie above all of them
 */
public record PercentileInterval(OptionalDouble low, OptionalDouble high) {
  private static final double TAIL = 0.025;

  /**
   * At 95 %: the number of m independent values below the percentile q is binomial with m and q, so its quantiles are
   * the ranks of the ends (W. R. Thompson, "On confidence ranges for the median and other expectation distributions",
   * 1936). Here m is the effective size, and ranks are scaled to the number of values.
   *
   * @param inOrder values in the order in which their requests were intended
   * @param percentile above 0 and below 100
   */
  public static PercentileInterval of(double[] inOrder, double percentile) {
    double[] sorted = inOrder.clone();
    Arrays.sort(sorted);
    return of(sorted, percentile, EffectiveSize.of(inOrder));
  }

  /**
   * Likewise, of values that are in ascending order.
   *
   * @throws IllegalArgumentException unless the percentile lies between 0 and 100
   */
  public static PercentileInterval of(double[] sorted, double percentile, SampleSize size) {
    if (!(percentile > 0 && percentile < 100)) {
      throw new IllegalArgumentException("a percentile lies between 0 and 100, not at " + percentile);
    }
    int independent = (int) Math.min(Integer.MAX_VALUE, Math.floor(size.independent()));
    if (independent < 1) {
      return new PercentileInterval(OptionalDouble.empty(), OptionalDouble.empty());
    }
    var below = new BinomialDistribution(independent, percentile / 100);
    long lower = below.inverseCumulativeProbability(TAIL);
    long upper = below.inverseCumulativeProbability(1 - TAIL) + 1L;
    double scale = sorted.length / (double) independent;
    // Each end is rounded outwards, so that few independent values among many do not narrow the interval.
    return new PercentileInterval(at(sorted, lower == 0 ? 0 : (long) Math.floor((lower - 1) * scale) + 1),
        at(sorted, upper > independent ? sorted.length + 1L : (long) Math.ceil(upper * scale)));
  }

  private static OptionalDouble at(double[] sorted, long rank) {
    return rank < 1 || rank > sorted.length ? OptionalDouble.empty() : OptionalDouble.of(sorted[(int) rank - 1]);
  }
}
