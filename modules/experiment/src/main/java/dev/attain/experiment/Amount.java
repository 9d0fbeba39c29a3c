package dev.attain.experiment;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** A number with its unit, such as {@code 500 ms} or {@code 256 MiB}. */
record Amount(BigDecimal number, String unit) {
  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([-+]?\\d+(?:\\.\\d+)?)\\s*(\\S*)");

  /**
   * Reads a setting; empty, with a problem, when it is none.
   *
   * @param unit what a plain number from an environment variable counts in; from anywhere else the unit is required
   * @param example a number to suggest
   */
  static Optional<Amount> of(Setting setting, String unit, String example) {
    boolean unitMayLack = Place.isEnvironment(setting.place());
    var parts = NUMBER_AND_UNIT.matcher(setting.written().trim());
    if (!setting.scalar() || !parts.matches()) {
      setting.problem(setting.written() + (unitMayLack
          ? " is not a number of " + unit + "; write for example " + example
          : " is not a number with a unit; write for example " + example + " " + unit));
      return Optional.empty();
    }
    var number = new BigDecimal(parts.group(1));
    if (!parts.group(2).isEmpty()) {
      return Optional.of(new Amount(number, parts.group(2)));
    }
    if (!unitMayLack) {
      setting.problem(setting.written() + " has no unit; write " + number.toPlainString() + " " + unit);
      return Optional.empty();
    }
    return Optional.of(new Amount(number, unit));
  }

  @Override
  public String toString() {
    return number.toPlainString() + " " + unit;
  }
}
