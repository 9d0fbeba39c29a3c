package dev.attain.results;

import dev.attain.statistics.SteadyState;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether TTFT, in the order in which requests were intended, settled during a point.
 *
 * @param warmUpRequests how many of the first requests MSER-5 would leave out; they count in all other figures
 * @param settled whether MSER-5 found a steady state that begins within the first half
 * @param trend of the rest by the test of Mann and Kendall at 1 %: {@code none}, {@code rising} or {@code falling}
 * @param trendProbability of such a trend by chance, 0 to 1
 */
public record SteadyFigures(int warmUpRequests, boolean settled, String trend, double trendProbability) {
  static SteadyFigures of(SteadyState found) {
    String trend = found.trend().rises() ? "rising" : found.trend().falls() ? "falling" : "none";
    return new SteadyFigures(found.warmUp(), found.settled(), trend, found.trend().probability());
  }

  /** Whether a steady state was found, and nothing drifts in it. */
  public boolean steady() {
    return settled && trend.equals("none");
  }

  /** What a reader must know; empty when all is well. */
  Optional<String> warning() {
    if (!trend.equals("none")) {
      return Optional.of(String.format(Locale.ROOT,
          "no steady state: after the first %d requests TTFT still has a %s trend (p = %.2g)", warmUpRequests, trend,
          trendProbability));
    }
    return settled
        ? Optional.empty()
        : Optional.of("no steady state: TTFT changed during at least half of the requests");
  }
}
