package dev.attain.selftest;

import java.time.Duration;

/**
 * What a {@link KnownTruthServer} promises: event {@code k} of an answer (from 0) leaves {@code ttft + k * itl} after
 * the request was read.
 *
 * @param ttft from the read of a request's last byte to its first token event; zero is at once
 * @param itl between two token events of one answer
 * @param tokensPerEvent how many tokens an event carries, 1 to 64; the last one of an answer may carry fewer
 */
public record Truth(Duration ttft, Duration itl, int tokensPerEvent) {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_TOKENS = 64;

  /** Refuses what cannot be kept with {@link IllegalArgumentException}. */
  public Truth {
    requireDelay("ttft", ttft);
    requireDelay("itl", itl);
    if (tokensPerEvent < 1 || tokensPerEvent > MOST_TOKENS) {
      throw new IllegalArgumentException(
          "an event carries 1 to " + MOST_TOKENS + " tokens, not " + tokensPerEvent);
    }
  }

  private static void requireDelay(String name, Duration delay) {
    if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " must be from 0 to 1 hour, but is " + delay);
    }
  }
}
