package dev.attain.statistics;

import java.util.SplittableRandom;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Made-up measurements whose truth is known. */
final class Series {
  private static final NormalDistribution NORMAL = new NormalDistribution();

  private Series() {}

  /**
   * Standard normal values, each resembling the one before by the correlation. The mean of n of them varies as that of
   * n (1 - r) / (1 + r) independent ones.
   */
  static double[] autoregressive(long seed, int count, double correlation) {
    var random = new SplittableRandom(seed);
    var values = new double[count];
    double innovation = Math.sqrt(1 - correlation * correlation);
    double value = normal(random);
    for (int index = 0; index < count; index++) {
      values[index] = value;
      value = correlation * value + innovation * normal(random);
    }
    return values;
  }

  private static double normal(SplittableRandom random) {
    return NORMAL.inverseCumulativeProbability(Math.clamp(random.nextDouble(), 1e-12, 1 - 1e-12));
  }
}
