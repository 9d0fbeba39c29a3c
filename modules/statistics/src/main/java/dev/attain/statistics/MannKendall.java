package dev.attain.statistics;

import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Whether values in their order rise or fall, whatever their distribution: the rank test of Mann ("Nonparametric tests
 * against trend", 1945) and Kendall, by its normal approximation with ties and continuity taken into account. Values
 * that resemble their neighbours look like a trend too often; means of long enough batches resemble them less.
 *
 * @param score pairs in which the later value is higher, less those in which it is lower
 * @param probability of a score at least as far from 0 without any trend, 0 to 1; 1 for fewer than 3 values
 */
public record MannKendall(long score, double probability) {
  private static final NormalDistribution NORMAL = new NormalDistribution();
  private static final int FEWEST = 3;

  /** Tests values in the order of time; takes time with the square of their number. */
  public static MannKendall of(double[] values) {
    long score = 0;
    double ties = 0;
    int n = values.length;
    for (int later = 0; later < n; later++) {
      int equalBefore = 0;
      for (int earlier = 0; earlier < later; earlier++) {
        int comparison = Double.compare(values[later], values[earlier]);
        score += comparison;
        equalBefore += comparison == 0 ? 1 : 0;
      }
      ties += tieTerm(equalBefore);
    }
    double variance = ((double) n * (n - 1) * (2.0 * n + 5) - ties) / 18;
    if (n < FEWEST || variance <= 0) {
      return new MannKendall(score, 1);
    }
    double z = Math.max(0, Math.abs(score) - 1) / Math.sqrt(variance);
    return new MannKendall(score, 2 * NORMAL.cumulativeProbability(-z));
  }

  /** Whether values rise, with at most one false alarm in a hundred among independent values. */
  public boolean rises() {
    return probability < 0.01 && score > 0;
  }

  /** Whether values fall, likewise. */
  public boolean falls() {
    return probability < 0.01 && score < 0;
  }

  /** What one more value adds to the sum of t(t-1)(2t+5) over groups of t ties, when its group had so many before. */
  private static double tieTerm(double before) {
    return (before + 1) * before * (2 * before + 7) - before * (before - 1) * (2 * before + 5);
  }
}
