package dev.attain.statistics;

import dev.attain.measurement.Interval;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * What shares may truly be after so many requests have shown them, when the points had the same arrivals and prompts: they are
 * then all better or all worse than the truth together. A draw is the end of Wilson's interval at a level drawn at random, the same
 * for all of them, so that 95 % of the draws lie within the interval at 95 %. Drawn independently, errors of neighbours would
 * cancel out: intervals of a highest load held the truth only 82 times of a hundred where they should 95 times.
 */
public final class JointShares {
  /** Enough for the ends of a 95 % interval to stay where they are. */
  private static final int DRAWS = 2000;
  private static final double[] LEVELS = levels();

  private JointShares() {}

  /**
   * Draws, the n-th of every share at the same level.
   *
   * @param share measured, 0 to 1
   * @param independent how many independent requests say as much, at least 0
   */
  public static double[] of(double share, double independent) {
    return DoubleStream.of(LEVELS).map(level -> end(share, independent, level)).toArray();
  }

  private static double end(double share, double independent, double level) {
    if (level == 0) {
      return share;
    }
    Interval interval = Interval.ofShare(share, independent, Math.abs(level));
    return level < 0 ? interval.low() : interval.high();
  }

  private static double[] levels() {
    var random = new SplittableRandom(1);
    return DoubleStream.generate(random::nextGaussian).limit(DRAWS).toArray();
  }
}
