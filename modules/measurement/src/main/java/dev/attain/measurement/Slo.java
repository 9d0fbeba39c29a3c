package dev.attain.measurement;

import java.time.Duration;

/**
 * The latency objectives of a request; a value equal to its objective meets it.
 *
 * @param ttft most time from the intended instant to the first token
 * @param tpot most time per output token after the first
 */
public record Slo(Duration ttft, Duration tpot) {
  /** Long enough to switch an objective off, short enough for arithmetic in nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(365);

  /** @throws IllegalArgumentException unless both objectives are longer than zero and at most 365 days */
  public Slo {
    requireUsable("ttft", ttft);
    requireUsable("tpot", tpot);
  }

  long ttftNanos() {
    return ttft.toNanos();
  }

  long tpotNanos() {
    return tpot.toNanos();
  }

  private static void requireUsable(String name, Duration objective) {
    if (!objective.isPositive() || objective.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the " + name + " objective must be longer than zero and at most 365 days, not " + objective);
    }
  }
}
