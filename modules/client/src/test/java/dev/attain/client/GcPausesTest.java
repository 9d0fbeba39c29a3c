package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GcPausesTest {
  @Test
  void aCollectionIsNoticed() {
    try (GcPauses pauses = new GcPauses()) {
      long deadline = System.nanoTime() + Driver.DEADLINE.toNanos();
      while (pauses.longestNanos() == 0) {
        assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
        System.gc();
      }
      pauses.forget();
      assertThat(pauses.longestNanos()).isNotNegative();
    }
  }
}
