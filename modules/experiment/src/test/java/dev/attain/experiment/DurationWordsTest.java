package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationWordsTest {
  @ParameterizedTest
  @CsvSource({"0, 0 s", "59, 59 s", "60, 1 min", "185, 3 min 5 s", "3600, 1 h", "3659, 1 h", "12000, 3 h 20 min",
      "180000, 50 h"})
  void aDurationHasTwoUnitsAtMost(long seconds, String words) {
    assertThat(DurationWords.of(Duration.ofSeconds(seconds).plusMillis(900))).isEqualTo(words);
  }
}
