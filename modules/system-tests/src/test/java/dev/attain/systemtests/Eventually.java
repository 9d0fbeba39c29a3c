package dev.attain.systemtests;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for other processes: the one place of these tests that polls. */
final class Eventually {
  private static final Duration POLL = Duration.ofMillis(50);

  private Eventually() {}

  static void holds(String what, Duration patience, BooleanSupplier condition) {
    appears(what, patience, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** The first value that is there. */
  static <T> T appears(String what, Duration patience, Supplier<Optional<T>> look) {
    long start = System.nanoTime();
    Optional<T> found = look.get();
    while (found.isEmpty()) {
      if (System.nanoTime() - start > patience.toNanos()) {
        throw new AssertionError("not within " + patience.toSeconds() + " s: " + what);
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while waiting: " + what, e);
      }
      found = look.get();
    }
    return found.get();
  }
}
