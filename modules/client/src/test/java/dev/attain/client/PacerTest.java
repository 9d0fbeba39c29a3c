package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacerTest {
  @Test
  void itReturnsOnceTheInstantHasComeAndNotBefore() {
    AtomicLong now = new AtomicLong(1_000);
    Pacer pacer = new Pacer(() -> now.addAndGet(10_000), () -> false);
    assertThat(pacer.await(500_000)).isTrue();
    assertThat(now.get()).isBetween(500_000L, 510_000L);
  }

  @Test
  void anInstantInThePastIsNotWaitedFor() {
    AtomicLong readings = new AtomicLong();
    Pacer pacer = new Pacer(() -> 1_000 + readings.getAndIncrement(), () -> false);
    assertThat(pacer.await(-5_000)).isTrue();
    assertThat(readings.get()).isOne();
  }

  @Test
  void stoppingEndsTheWait() {
    AtomicLong now = new AtomicLong();
    AtomicBoolean stopped = new AtomicBoolean();
    Pacer pacer = new Pacer(() -> {
      stopped.set(now.addAndGet(10_000) > 100_000);
      return now.get();
    }, stopped::get);
    assertThat(pacer.await(1_000_000_000)).isFalse();
    assertThat(now.get()).isLessThan(200_000);
  }
}
