package dev.attain.statistics;

import dev.attain.measurement.Interval;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * What shares may truly be after so many requests have shown them, when the points had the same arrivals and prompts: they are
 * then all better or all worse than the truth together. A draw is the end of Wilson's interval at a level, the same for all of them,
 * so that 95 % of the draws lie within the interval at 95 %. Drawn independently, errors of neighbours would cancel out:
 * intervals of a highest load held the truth only 82 times of a hundred where they should 95 times.
 *
 * <p>
 * Sides that are set against each other have the same levels in orders of their own, so that one may be better than its
 * truth while the other is worse. Where both had the same arrivals their errors are partly the same, and what is said of their
 * ratio errs on the wide side: on two virtual engines intervals of the ratio held the true one 100 times of a hundred then, and 94
 * to 95 times with arrivals of their own.
 */
public final class JointShares {
  /** Enough for the ends of a 95 % interval of a ratio to stay where they are from one order to the next. */
  private static final int DRAWS = 2000;
  /** Equally likely ones, ascending; a sample of them would move the ends of intervals by a thirtieth. */
  private static final double[] LEVELS = levels();

  private JointShares() {}

  /**
   * Draws, the n-th of every share of a side at the same level.
   *
   * @param share measured, 0 to 1
   * @param independent how many independent requests say as much, at least 0
   * @param side number of whoever has this share and others; what is said of a side alone does not depend on it
   */
  public static double[] of(double share, double independent, int side) {
    double[] drawn = DoubleStream.of(LEVELS).map(level -> end(share, independent, level)).toArray();
    var random = new SplittableRandom(side);
    for (int left = DRAWS; left > 1; left--) {
      int chosen = random.nextInt(left);
      double moved = drawn[chosen];
      drawn[chosen] = drawn[left - 1];
      drawn[left - 1] = moved;
    }
    return drawn;
  }

  private static double end(double share, double independent, double level) {
    Interval interval = Interval.ofShare(share, independent, Math.abs(level));
    return level < 0 ? interval.low() : interval.high();
  }

  private static double[] levels() {
    var normal = new NormalDistribution();
    return IntStream.range(0, DRAWS).mapToDouble(draw -> normal.inverseCumulativeProbability((draw + 0.5) / DRAWS))
        .toArray();
  }
}
