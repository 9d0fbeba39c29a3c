package dev.attain.experiment;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Reads numbers and their limits out of settings. What fails gets its sentence and a valid stand-in. */
final class Numbers {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Numbers() {}

  /** A whole number from {@code minimum} to {@code maximum}, both possible; the minimum stands in. */
  static int whole(Setting setting, int minimum, int maximum) {
    return (int) wholeLong(setting, minimum, maximum);
  }

  /** As {@link #whole}. */
  static long wholeLong(Setting setting, long minimum, long maximum) {
    var number = setting.number(Long.toString(Math.max(1, minimum)));
    if (number.isEmpty()) {
      return minimum;
    }
    if (number.get().stripTrailingZeros().scale() > 0) {
      var above = number.get().setScale(0, RoundingMode.CEILING).max(BigDecimal.valueOf(minimum));
      setting.problem(setting.written() + " is not a whole number; write for example " + above.toPlainString());
      return minimum;
    }
    long whole = number.get().longValueExact();
    if (whole < minimum) {
      setting.problem(setting.written() + " is below " + minimum + "; write " + minimum + " or more");
      return minimum;
    }
    if (whole > maximum) {
      setting.problem(setting.written() + " is above " + maximum + "; write " + maximum + " or less");
      return minimum;
    }
    setting.resolve(whole);
    return whole;
  }

  /** A number above 0; 1 stands in. */
  static double positive(Setting setting, String example) {
    var number = setting.number(example);
    if (number.isEmpty()) {
      return 1;
    }
    if (number.get().doubleValue() <= 0) {
      setting.problem(setting.written() + " is not above 0; write for example " + example);
      return 1;
    }
    setting.resolve(number.get());
    return number.get().doubleValue();
  }

  /** A fraction above 0 and up to 1; 1 stands in. */
  static double fraction(Setting setting, String example) {
    double fraction = positive(setting, example);
    if (fraction > 1) {
      setting.problem(setting.written() + " is above 1; write a fraction, for example " + example);
      return 1;
    }
    return fraction;
  }

  /** A number without limits; 0 stands in. */
  static double any(Setting setting, String example) {
    var number = setting.number(example);
    number.ifPresent(setting::resolve);
    return number.map(BigDecimal::doubleValue).orElse(0.0);
  }

  /** A percentage above 0 and below 100, with or without a percent sign, as a share from 0 to 1; a half stands in. */
  static double percent(Setting setting, String example) {
    var text = setting.written().trim();
    try {
      var number = new BigDecimal(text.endsWith("%") ? text.substring(0, text.length() - 1).trim() : text);
      if (number.signum() > 0 && number.compareTo(HUNDRED) < 0) {
        setting.resolve(number);
        return number.divide(HUNDRED).doubleValue();
      }
      setting.problem(text + " is not above 0 and below 100 percent; write for example " + example);
    } catch (NumberFormatException e) {
      setting.problem(text + " is not a percentage; write for example " + example);
    }
    return 0.5;
  }
}
