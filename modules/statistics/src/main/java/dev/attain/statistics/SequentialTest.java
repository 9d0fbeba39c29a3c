package dev.attain.statistics;

import dev.attain.measurement.Interval;
import dev.attain.measurement.Verdict;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Decides whether a share reaches a target while its requests still come in, at a fixed number of looks. Whoever looks
 * often finds what he wishes for; so each look takes its part of the error of 5 % (Bonferroni: alpha / looks, which holds
 * whatever the looks have in common; C. Jennison and B. W. Turnbull, "Group Sequential Methods", 2000, for finer ones).
 *
 * @param target share, above 0 and at most 1
 * @param looks how often there may be a decision, at least 1
 */
public record SequentialTest(double target, int looks) {
  private static final double ERROR = 0.05;
  private static final NormalDistribution NORMAL = new NormalDistribution();

  /** @throws IllegalArgumentException unless 0 < target <= 1 and there is a look */
  public SequentialTest {
    if (!(target > 0 && target <= 1) || looks < 1) {
      throw new IllegalArgumentException("no test of a target of " + target + " in " + looks + " looks");
    }
  }

  /**
   * PASS, FAIL or UNDECIDED by the interval against the target.
   *
   * @param share of all requests so far, 0 to 1
   * @param independent how many independent requests say as much
   */
  public Verdict decide(double share, double independent) {
    Interval interval = interval(share, independent);
    if (interval.low() >= target) {
      return Verdict.PASS;
    }
    return interval.high() < target ? Verdict.FAIL : Verdict.UNDECIDED;
  }

  /** Wilson's interval at the level of one look; arguments as in {@link #decide}. */
  public Interval interval(double share, double independent) {
    return Interval.ofShare(share, independent, NORMAL.inverseCumulativeProbability(1 - ERROR / (2 * looks)));
  }
}
