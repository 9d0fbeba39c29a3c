package dev.attain.statistics;

import dev.attain.measurement.Interval;
import dev.attain.measurement.SampleSize;
import java.util.Arrays;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * How much the requests of a point prove. Requests that wait in the same queue resemble each other; so many of them say
 * no more about a share than a smaller number of independent ones would.
 */
public final class EffectiveSize {
  private static final int MOST_BATCHES = 50;
  private static final int SHORTEST_BATCH = 10;
  private static final int FEWEST_BATCHES = 4;
  private static final double MOST_CORRELATION = 0.95;
  private static final double FEWEST_FOR_DEVIATION = 2;
  private static final double ONE_SIDE = 0.025;
  private static final NormalDistribution NORMAL = new NormalDistribution();
  private static final double[] LEVELS = {0.5, 0.8};

  private EffectiveSize() {}

  /**
   * By batch means of whether a request is slower than the median, and of whether it is among the slowest fifth: n times
   * the variance that independence would give, divided by that which batches show; the smaller of the two. These levels,
   * and not the misses themselves, because misses are few and come in bunches, so that a run without a bad bunch would
   * take itself for certain. Both, because requests resemble each other at the median where a queue always stands, and
   * above it where there are bursts.
   *
   * <p>
   * Neighbouring batches of a short run still resemble each other. Their correlation r enters as (1 + r) / (1 - r), as
   * for an autoregressive series of first order (Steiger, Wilson et al., "ASAP3", 2005), after r was freed of its bias
   * by adding (1 + 3r) / batches (Kendall, "Note on bias in the estimation of autocorrelation", 1954).
   *
   * @param severity how bad each request was, in the order in which they were intended: a latency, or the scale of the
   *        objectives that it needs; infinite for one that did not complete
   */
  public static SampleSize of(double[] severity) {
    int requests = severity.length;
    if (requests / SHORTEST_BATCH < FEWEST_BATCHES) {
      return SampleSize.ofIndependent(requests);
    }
    double[] sorted = severity.clone();
    Arrays.sort(sorted);
    double independent = requests;
    for (double level : LEVELS) {
      independent = Math.min(independent, independent(severity, sorted[(int) (level * requests)]));
    }
    return new SampleSize(requests, independent);
  }

  /**
   * Of the share of requests that met the objectives. As {@link #of}, and more where all met them easily: nobody needs a
   * thousand requests to see that those who take a third of the time allowed will not miss in one of ten cases. With the
   * mean and the deviation of the logarithms of their severities, on as many independent ones as resemblance leaves, a
   * normal tolerance bound (Hahn and Meeker, "Statistical Intervals", 1991, with separate bounds for both) says which
   * share meets the objectives at least; so many met requests have that share as the lower end of their Wilson interval.
   *
   * @param severity scale of the objectives that each needs, in the order in which they were intended; at most 1 for one
   *        that met them, infinite for one that did not complete
   */
  public static SampleSize ofOutcomes(double[] severity) {
    SampleSize size = of(severity);
    return size.independent() > FEWEST_FOR_DEVIATION
        && Arrays.stream(severity).allMatch(needed -> needed > 0 && needed <= 1)
            ? new SampleSize(severity.length,
                Math.clamp(byMargin(severity, size.independent()), size.independent(), severity.length))
            : size;
  }

  private static double byMargin(double[] severity, double independent) {
    var logarithms = new StreamingStatistics();
    Arrays.stream(severity).map(Math::log).forEach(logarithms::addValue);
    double freedom = independent - 1;
    double surely = Math.sqrt(new ChiSquaredDistribution(freedom).inverseCumulativeProbability(ONE_SIDE) / freedom);
    double distance = -logarithms.getMean() / logarithms.getStandardDeviation() * surely
        - Interval.Z_95 / Math.sqrt(independent);
    double share = distance > 0 ? NORMAL.cumulativeProbability(distance) : 0;
    return Interval.Z_95 * Interval.Z_95 * share / Math.max(1 - share, Double.MIN_NORMAL);
  }

  private static double independent(double[] severity, double level) {
    double[] slow = Arrays.stream(severity).map(value -> value >= level ? 1 : 0).toArray();
    double share = Batches.mean(slow);
    double spread = varianceOfMean(
        Batches.means(slow, Math.min(MOST_BATCHES, severity.length / SHORTEST_BATCH)), share);
    return spread > 0 ? Math.clamp(share * (1 - share) / spread, 1, severity.length) : severity.length;
  }

  private static double varianceOfMean(double[] means, double mean) {
    double squares = 0;
    double products = 0;
    for (int batch = 0; batch < means.length; batch++) {
      double distance = means[batch] - mean;
      squares += distance * distance;
      products += batch == 0 ? 0 : distance * (means[batch - 1] - mean);
    }
    if (squares == 0) {
      return 0;
    }
    double found = products / squares;
    double correlation = Math.clamp(found + (1 + 3 * found) / means.length, 0, MOST_CORRELATION);
    return squares / (means.length - 1) / means.length * (1 + correlation) / (1 - correlation);
  }
}
