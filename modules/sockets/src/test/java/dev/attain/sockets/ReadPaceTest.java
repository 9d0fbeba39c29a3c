package dev.attain.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadPaceTest {
  private static final long SECOND = 1_000_000_000;

  @ParameterizedTest
  @CsvSource({"0, 0", "100, 0", "1900, 0", "2100, 1000000", "20000, 1000000", "64000, 1000000", "128000, 500000",
      "640000, 100000"})
  void aBusyLoopGathersSomeDozensOfReadsButNeverLongerThanAMillisecond(int readsPerSecond, long pauseNanos) {
    ReadPace pace = new ReadPace();
    long reads = 0;
    for (long now = SECOND; now <= 2 * SECOND; now += 500_000) {
      long due = (now - SECOND) * readsPerSecond / SECOND;
      pace.saw((int) (due - reads), now);
      reads = due;
    }
    assertThat(pace.pauseNanos()).isCloseTo(pauseNanos, withPercentage(10));
  }
}
