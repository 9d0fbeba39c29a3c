package dev.attain.measurement;

/**
 * A confidence interval of a share.
 *
 * @param low lower end, 0 to 1
 * @param high upper end, 0 to 1
 */
public record Interval(double low, double high) {
  /** Standard normal quantile of a two-sided 95 % interval. */
  public static final double Z_95 = 1.959963984540054;

  /** The Wilson score interval at 95 %. */
  public static Interval wilson95(long successes, long trials) {
    return wilson(successes, trials, Z_95);
  }

  /**
   * The Wilson score interval (E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
   * 1927): with p = successes / trials, its centre is (p + z^2/2n) / (1 + z^2/n) and its half width
   * z / (1 + z^2/n) * sqrt(p(1-p)/n + z^2/4n^2). Without trials nothing is known: 0 to 1.
   *
   * @param z standard normal quantile, 1.96 for 95 %
   * @throws IllegalArgumentException unless 0 <= successes <= trials and z is positive and finite
   */
  public static Interval wilson(long successes, long trials, double z) {
    if (successes < 0 || successes > trials || !(z > 0) || Double.isInfinite(z)) {
      throw new IllegalArgumentException(
          "no interval for " + successes + " successes of " + trials + " trials with z = " + z);
    }
    if (trials == 0) {
      return new Interval(0, 1);
    }
    return ofShare((double) successes / trials, (double) trials, z);
  }

  /**
   * Likewise, of a share among trials that need not be whole: as many independent ones as say as much as others that
   * resemble each other.
   *
   * @throws IllegalArgumentException unless the share is 0 to 1, trials are not negative and z is positive and finite
   */
  public static Interval ofShare(double share, double trials, double z) {
    if (!(share >= 0 && share <= 1) || !(trials >= 0) || !(z > 0) || Double.isInfinite(z)) {
      throw new IllegalArgumentException(
          "no interval for a share of " + share + " among " + trials + " trials with z = " + z);
    }
    if (trials == 0) {
      return new Interval(0, 1);
    }
    double spread = z * z / trials;
    double centre = (share + spread / 2) / (1 + spread);
    double halfWidth = z / (1 + spread) * Math.sqrt(share * (1 - share) / trials + spread / (4 * trials));
    // The share lies within its interval; rounding must not push it out, or all of all would be less than all.
    double low = Math.clamp(centre - halfWidth, 0, share);
    return new Interval(low, Math.clamp(centre + halfWidth, share, 1));
  }
}
