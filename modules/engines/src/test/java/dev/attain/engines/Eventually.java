package dev.attain.engines;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for other processes: the one place of these tests that sleeps. */
final class Eventually {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private Eventually() {}

  static void holds(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + DEADLINE.toSeconds() + " s: " + what);
      }
      Thread.sleep(Duration.ofMillis(20));
    }
  }
}
