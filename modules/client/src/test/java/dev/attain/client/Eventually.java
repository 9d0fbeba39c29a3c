package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BooleanSupplier;

/** Waits for what other threads bring about. */
final class Eventually {
  private Eventually() {}

  static void becomesTrue(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Driver.DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Wire.pause(1);
    }
  }
}
