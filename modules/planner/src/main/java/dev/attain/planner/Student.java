package dev.attain.planner;

import dev.attain.results.RankedDeployment.RateEstimate;
import java.util.List;

/** Intervals of the mean of a few independent results. */
final class Student {
  /** Quantiles at 97.5 % of Student's distribution for 1 to 29 degrees of freedom. */
  private static final double[] QUANTILES = {12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622,
      2.2281, 2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687,
      2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452};

  private Student() {}

  /**
   * Mean and 95 % interval, mean +- t * s / sqrt(n), of values each of which lies below its truth by up to a part of
   * {@code resolution}: the upper end is that much higher. The lower end is never below 0.
   *
   * @param values 2 to 30
   */
  static RateEstimate estimate(List<Double> values, double resolution) {
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    int freedom = values.size() - 1;
    double half = QUANTILES[freedom - 1] * Math.sqrt(squares / freedom / values.size());
    return new RateEstimate(mean, Math.max(0, mean - half), mean * (1 + resolution) + half);
  }

  /** An estimate of a part. */
  static RateEstimate divided(RateEstimate estimate, int by) {
    return new RateEstimate(estimate.mean() / by, estimate.low() / by, estimate.high() / by);
  }
}
