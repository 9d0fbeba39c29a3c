package dev.attain.statistics;

import java.util.Optional;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;

/**
 * Whether arrivals come as irregularly as they were meant to, by the index of dispersion of counts: the variance of the
 * numbers of arrivals in equally long windows over their mean. It is 1 for Poisson arrivals, where (k - 1) times the
 * index of k windows has a chi-squared distribution with k - 1 degrees of freedom (Fisher's dispersion test; Cox and
 * Lewis, "The Statistical Analysis of Series of Events", 1966). For other independent gaps it approaches the square of
 * their coefficient of variation as windows grow (Cox, "Renewal Theory", 1962), by which it is divided before the test.
 *
 * @param index of what was seen
 * @param asked what the index should be; 0 for even gaps
 * @param windows how many windows there were
 * @param probability of an index at least as far from the one asked for, on either side, if arrivals were as asked; of
 *        even gaps, 1 if counts differ no more than by where windows begin, else 0
 */
public record Dispersion(double index, double asked, int windows, double probability) {
  /** The chi-squared distribution is a good approximation from there on. */
  private static final double ARRIVALS_OF_A_WINDOW = 20;
  private static final int FEWEST_WINDOWS = 5;
  private static final int MOST_WINDOWS = 200;
  /** Counts of even arrivals differ by one, so that their variance is at most 1/4; twice that allows for late ones. */
  private static final double VARIANCE_OF_EVEN = 0.5;
  private static final double SURPRISING = 0.001;

  /**
   * Tests arrivals at a constant mean rate.
   *
   * @param arrivals in seconds from the beginning; any order
   * @param seconds how long arrivals were due; those after it count in the last window
   * @param asked square of the coefficient of variation of the gaps, 0 to 1000: 1 for Poisson
   * @return empty for too few arrivals to tell
   */
  public static Optional<Dispersion> of(double[] arrivals, double seconds, double asked) {
    int windows = (int) Math.min(MOST_WINDOWS, arrivals.length / (ARRIVALS_OF_A_WINDOW * Math.max(1, asked)));
    if (windows < FEWEST_WINDOWS || !(seconds > 0)) {
      return Optional.empty();
    }
    long[] counts = new long[windows];
    for (double arrival : arrivals) {
      counts[(int) Math.clamp(arrival / seconds * windows, 0, windows - 1)]++;
    }
    double mean = (double) arrivals.length / windows;
    double squares = 0;
    for (long count : counts) {
      squares += (count - mean) * (count - mean);
    }
    double index = squares / (windows - 1) / mean;
    return Optional.of(new Dispersion(index, asked, windows, probability(index, mean, asked, windows)));
  }

  private static double probability(double index, double mean, double asked, int windows) {
    if (asked == 0) {
      return index * mean <= VARIANCE_OF_EVEN ? 1 : 0;
    }
    double below = new ChiSquaredDistribution(windows - 1).cumulativeProbability((windows - 1) * index / asked);
    return Math.min(1, 2 * Math.min(below, 1 - below));
  }

  /** Whether the index does not contradict what was asked for; wrongly doubted once in a thousand times. */
  public boolean asAsked() {
    return probability >= SURPRISING;
  }
}
