package dev.attain.statistics;

import java.util.stream.DoubleStream;
import org.hipparchus.random.RandomDataGenerator;

/**
 * What a share may truly be after so many requests have shown it: draws from a beta distribution with half a request
 * added to either side (Jeffreys' prior; L. D. Brown, T. T. Cai and A. DasGupta, "Interval estimation for a binomial
 * proportion", 2001). For those who have the figures of a point and not its requests, which {@link MovingBlocks} resamples.
 */
public final class PlausibleShares {
  private static final double HALF = 0.5;
  /** Enough for the ends of a 95 % interval to stay where they are from one seed to the next. */
  private static final int DRAWS = 2000;

  private PlausibleShares() {}

  /** As many draws as an interval needs, equally many for every share; as {@link #of(double, double, int, long)}. */
  public static double[] of(double share, double independent, long seed) {
    return of(share, independent, DRAWS, seed);
  }

  /**
   * Draws.
   *
   * @param share measured, 0 to 1
   * @param independent how many independent requests say as much, at least 0
   * @param count how many draws
   * @param seed the same seed gives the same draws
   */
  static double[] of(double share, double independent, int count, long seed) {
    var random = new RandomDataGenerator(seed);
    double met = share * independent + HALF;
    double missed = (1 - share) * independent + HALF;
    return DoubleStream.generate(() -> random.nextBeta(met, missed)).limit(count).toArray();
  }
}
