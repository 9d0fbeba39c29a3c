package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SafepointCountersTest {
  @Test
  void aCollectionCountsAndTakesTime() {
    Optional<SafepointCounters> counters = SafepointCounters.ofThisJvm();
    assumeTrue(counters.isPresent(), "this JVM shares no counters");
    long countBefore = counters.get().count();
    long nanosBefore = counters.get().nanos();

    System.gc();

    assertThat(counters.get().count()).isGreaterThan(countBefore);
    assertThat(counters.get().nanos()).isGreaterThan(nanosBefore);
  }

  @Test
  void whatIsNotThisFormatHasNoCounters() {
    assertThat(SafepointCounters.in(ByteBuffer.allocate(64))).isEmpty();
  }

  @Test
  void countersOfOtherThingsAreNotTakenForSafepoints() {
    ByteBuffer memory = ByteBuffer.allocate(128).order(ByteOrder.nativeOrder());
    memory.putInt(0, 0xcafec0c0).putInt(24, 32).putInt(28, 1);
    memory.putInt(32, 64).putInt(36, 20).putInt(40, 0).put(44, (byte) 'J').putInt(48, 56);
    memory.put(52, "java.threads\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    assertThat(SafepointCounters.in(memory)).isEmpty();
  }
}
