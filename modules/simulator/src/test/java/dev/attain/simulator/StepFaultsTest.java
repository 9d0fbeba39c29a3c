package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StepFaultsTest {

  private static final long MILLI = 1_000_000;
  private static final long START = 1_000_000_000_000L;
  private static final StepCost TEN_MILLIS = shape -> 10 * MILLI;

  private static StepFaults faults(String... texts) {
    return new StepFaults(Arrays.stream(texts).map(text -> {
      try {
        return FaultReader.read(text);
      } catch (SimulatorException e) {
        throw new AssertionError(e);
      }
    }).toList(), START);
  }

  private static long lengthMillis(StepFaults faults, long atMillis) {
    long start = START + atMillis * MILLI;
    return (faults.on(TEN_MILLIS).endNanos(new StepShape(), start) - start) / MILLI;
  }

  @Test
  void aHaltIsWaitedForFromTheInstantItBegins() {
    StepFaults halt = faults("stall:at=100ms,for=50ms");

    assertThat(lengthMillis(halt, 80)).as("ends before").isEqualTo(10);
    assertThat(lengthMillis(halt, 90)).as("ends as it begins").isEqualTo(10);
    assertThat(lengthMillis(halt, 95)).as("under way").isEqualTo(60);
    assertThat(lengthMillis(halt, 120)).as("begins within").isEqualTo(40);
    assertThat(lengthMillis(halt, 150)).as("after it").isEqualTo(10);
  }

  @Test
  void aStepThatBeginsInASlowTimeIsSlow() {
    StepFaults slow = faults("slow:at=100ms,for=50ms,factor=2.5");

    assertThat(lengthMillis(slow, 99)).isEqualTo(10);
    assertThat(lengthMillis(slow, 100)).isEqualTo(25);
    assertThat(lengthMillis(slow, 149)).isEqualTo(25);
    assertThat(lengthMillis(slow, 150)).isEqualTo(10);
  }

  @Test
  void stepsThatWereTouchedAreKnown() {
    StepFaults both = faults("stall:at=100ms,for=50ms", "slow:at=300ms,factor=2", "crash:at=0s");

    assertThat(both.during(START, START + 10 * MILLI)).isEmpty();
    assertThat(both.during(START + 95 * MILLI, START + 155 * MILLI)).contains(FaultKind.STALL);
    assertThat(both.during(START + 400 * MILLI, START + 420 * MILLI)).contains(FaultKind.SLOW);
  }
}
