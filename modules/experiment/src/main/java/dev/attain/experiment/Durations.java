package dev.attain.experiment;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Reads durations out of settings. What fails gets its sentence and a valid stand-in. */
final class Durations {
  private static final Duration LONGEST = Duration.ofDays(7);

  private Durations() {}

  /**
   * A duration above 0; one {@code unit} stands in.
   *
   * @param unit what a plain number from an environment variable counts in, and what suggestions are written in
   */
  static Duration positive(Setting setting, DurationUnit unit) {
    var duration = zeroOrMore(setting, unit);
    if (duration.isZero()) {
      setting.problem(setting.written() + " is not above 0; " + suggestion(unit));
      return unit.times(BigDecimal.ONE);
    }
    return duration;
  }

  /** As {@link #positive}, but 0 with a unit is fine. */
  static Duration zeroOrMore(Setting setting, DurationUnit unit) {
    return Amount.of(setting, unit.symbol(), number(unit)).flatMap(amount -> duration(setting, amount, unit))
        .orElse(unit.times(BigDecimal.ONE));
  }

  private static Optional<Duration> duration(Setting setting, Amount amount, DurationUnit suggested) {
    var unit = DurationUnit.of(amount.unit());
    if (unit.isEmpty()) {
      setting.problem(setting.written() + " has the unknown unit " + amount.unit() + "; write " + DurationUnit.KNOWN
          + ", for example " + number(suggested) + " " + suggested.symbol());
      return Optional.empty();
    }
    if (amount.number().signum() < 0) {
      setting.problem(setting.written() + " is below 0; " + suggestion(suggested));
      return Optional.empty();
    }
    if (amount.number().compareTo(unit.get().most(LONGEST)) > 0) {
      setting.problem(setting.written() + " is longer than " + LONGEST.toHours() + " h; " + suggestion(suggested));
      return Optional.empty();
    }
    setting.resolve(amount.toString());
    return Optional.of(unit.get().times(amount.number()));
  }

  private static String suggestion(DurationUnit unit) {
    return "write for example " + number(unit) + " " + unit.symbol();
  }

  private static String number(DurationUnit unit) {
    return unit == DurationUnit.MILLISECONDS ? "500" : "10";
  }
}
