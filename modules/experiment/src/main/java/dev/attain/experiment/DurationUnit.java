package dev.attain.experiment;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** The units a duration may be written in. */
enum DurationUnit {
  MICROSECONDS("us", 1_000L), MILLISECONDS("ms", 1_000_000L), SECONDS("s", 1_000_000_000L), MINUTES("min",
      60_000_000_000L), HOURS("h", 3_600_000_000_000L);

  /** In the order of size, for sentences. */
  static final String KNOWN = "us, ms, s, min or h";

  private final String symbol;
  private final long nanos;

  DurationUnit(String symbol, long nanos) {
    this.symbol = symbol;
    this.nanos = nanos;
  }

  String symbol() {
    return symbol;
  }

  /** How many of this unit fit into {@code limit}. */
  BigDecimal most(Duration limit) {
    return BigDecimal.valueOf(limit.toNanos() / nanos);
  }

  /** Cut to whole nanoseconds; {@code amount} must leave the result below 292 years. */
  Duration times(BigDecimal amount) {
    return Duration.ofNanos(amount.multiply(BigDecimal.valueOf(nanos)).longValue());
  }

  static Optional<DurationUnit> of(String symbol) {
    return Arrays.stream(values()).filter(unit -> unit.symbol.equals(symbol)).findFirst();
  }
}
