package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatenessTest {
  private final Lateness lateness = new Lateness(TimeUnit.MILLISECONDS.toNanos(5));

  @Test
  void isZeroBeforeAnythingWasDue() {
    assertThat(lateness.p99Nanos()).isZero();
    assertThat(lateness.maxNanos()).isZero();
  }

  @Test
  void earlyCountsAsInTime() {
    lateness.late(-3_000);
    assertThat(lateness.maxNanos()).isZero();
  }

  @Test
  void aStallCountsForEverythingThatWouldHaveBeenDueInIt() {
    for (int beat = 0; beat < 980; beat++) {
      lateness.late(0);
    }
    // Once in 981 beats is a thousandth, but these 100 ms would have swallowed 20 of 1,000.
    lateness.late(TimeUnit.MILLISECONDS.toNanos(100));

    assertThat(lateness.p99Nanos()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(40));
    assertThat(lateness.maxNanos()).isBetween(TimeUnit.MILLISECONDS.toNanos(99), TimeUnit.MILLISECONDS.toNanos(102));
  }
}
