package dev.attain.schedule;

import java.time.Duration;

/** How long a user of a closed loop waits between the end of a request and the next one. */
public sealed interface ThinkTime {
  /** No wait: the next request follows at once. */
  record None() implements ThinkTime {}

  /**
   * Always the same.
   *
   * @param length longer than zero
   */
  record Constant(Duration length) implements ThinkTime {
    public Constant {
      requirePositive(length);
    }
  }

  /**
   * Exponentially distributed.
   *
   * @param mean longer than zero
   */
  record Exponential(Duration mean) implements ThinkTime {
    public Exponential {
      requirePositive(mean);
    }
  }

  private static void requirePositive(Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("a think time must be longer than zero, but is " + duration);
    }
  }
}
