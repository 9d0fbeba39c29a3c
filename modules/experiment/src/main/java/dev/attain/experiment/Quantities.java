package dev.attain.experiment;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads amounts with units, durations and memory sizes, out of settings. What fails gets its sentence and a valid stand-in. */
final class Quantities {
  private static final Pattern AMOUNT_AND_UNIT = Pattern.compile("([-+]?\\d+(?:\\.\\d+)?)\\s*(\\S*)");
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final Map<String, Long> BYTES = Map.of("KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

  private Quantities() {}

  private record Amount(BigDecimal number, String unit) {}

  /**
   * A duration above 0; one {@code unit} stands in.
   *
   * @param unit what a plain number from an environment variable counts in, and what examples are written in
   */
  static Duration duration(Setting setting, DurationUnit unit) {
    var duration = durationOrZero(setting, unit);
    if (duration.isZero()) {
      setting.problem(setting.written() + " is not above 0; write for example " + example(unit));
      return unit.times(BigDecimal.ONE);
    }
    return duration;
  }

  /** As {@link #duration}, but 0 with a unit is fine. */
  static Duration durationOrZero(Setting setting, DurationUnit unit) {
    return amount(setting, example(unit)).flatMap(amount -> {
      var symbol = amount.unit();
      if (symbol.isEmpty()) {
        if (!Place.isEnvironment(setting.value().origin())) {
          setting.problem(
              setting.written() + " has no unit; write " + amount.number().toPlainString() + " " + unit.symbol());
          return Optional.empty();
        }
        symbol = unit.symbol();
      }
      return duration(setting, amount.number(), symbol, unit);
    }).orElse(unit.times(BigDecimal.ONE));
  }

  private static Optional<Duration> duration(Setting setting, BigDecimal number, String symbol,
      DurationUnit suggested) {
    var unit = DurationUnit.of(symbol);
    if (unit.isEmpty()) {
      setting.problem(
          setting.written() + " has the unknown unit " + symbol + "; write " + DurationUnit.KNOWN + ", for example "
              + example(suggested));
      return Optional.empty();
    }
    if (number.signum() < 0) {
      setting.problem(setting.written() + " is below 0; write for example " + example(suggested));
      return Optional.empty();
    }
    if (number.compareTo(unit.get().most(LONGEST)) > 0) {
      setting.problem(
          setting.written() + " is longer than " + LONGEST.toHours() + " h; write for example " + example(suggested));
      return Optional.empty();
    }
    setting.resolve(number.toPlainString() + " " + symbol);
    return Optional.of(unit.get().times(number));
  }

  /** An amount of memory in bytes, above 0; 1 MiB stands in. A plain number from an environment variable counts MiB. */
  static long bytes(Setting setting, String example) {
    return amount(setting, example).flatMap(amount -> {
      if (amount.unit().isEmpty() && !Place.isEnvironment(setting.value().origin())) {
        setting.problem(setting.written() + " has no unit; write " + amount.number().toPlainString() + " MiB");
        return Optional.<Long>empty();
      }
      var unit = amount.unit().isEmpty() ? "MiB" : amount.unit();
      var size = BYTES.get(unit);
      if (size == null) {
        setting.problem(
            setting.written() + " has the unknown unit " + unit + "; write KiB, MiB or GiB, for example " + example);
        return Optional.<Long>empty();
      }
      var bytes = amount.number().multiply(BigDecimal.valueOf(size));
      if (bytes.compareTo(BigDecimal.ONE) < 0 || bytes.compareTo(BigDecimal.valueOf(1L << 50)) > 0) {
        setting.problem(setting.written() + " is no sensible amount of memory; write for example " + example);
        return Optional.<Long>empty();
      }
      setting.resolve(amount.number().toPlainString() + " " + unit);
      return Optional.of(bytes.longValue());
    }).orElse(1L << 20);
  }

  private static Optional<Amount> amount(Setting setting, String example) {
    var parts = AMOUNT_AND_UNIT.matcher(setting.written().trim());
    if (!setting.scalar() || !parts.matches()) {
      setting.problem(setting.written() + " is not a number with a unit; write for example " + example);
      return Optional.empty();
    }
    return Optional.of(new Amount(new BigDecimal(parts.group(1)), parts.group(2)));
  }

  private static String example(DurationUnit unit) {
    return (unit == DurationUnit.MILLISECONDS ? "500 " : "10 ") + unit.symbol();
  }
}
