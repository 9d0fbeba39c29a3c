package dev.attain.engines;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as people write them. */
final class Durations {
  private Durations() {}

  /** Seconds, without needless digits: "300 s", "0.25 s". */
  static String inWords(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
  }
}
