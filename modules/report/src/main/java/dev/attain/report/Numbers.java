package dev.attain.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them; the same in every view, whatever the machine's locale. */
final class Numbers {
  private static final double MILLIS = 1e3;
  private static final double MICROS = 1e6;
  private static final int DIGITS = 3;
  private static final int OBJECTIVE_DIGITS = 9;

  private Numbers() {}

  /** {@code 71.3 %}. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  /** {@code [66.0, 76.1]}, in per cent. */
  static String interval(double low, double high) {
    return String.format(Locale.ROOT, "[%.1f, %.1f]", low * 100, high * 100);
  }

  /** {@code 482 ms}, {@code 1.23 s}, {@code 85 us}: three significant digits. */
  static String seconds(double seconds) {
    double size = Math.abs(seconds);
    if (size == 0) {
      return "0 ms";
    }
    if (size >= 0.9995) {
      return plain(seconds) + " s";
    }
    return size >= 0.9995e-3 ? plain(seconds * MILLIS) + " ms" : plain(seconds * MICROS) + " us";
  }

  /** {@code 1.34}. */
  static String twoDecimals(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** {@code 16}, {@code 2.5}, {@code 5.33}: at most three significant digits, more only before the point. */
  static String plain(double value) {
    if (Math.abs(value) >= 1000) {
      return String.valueOf(Math.round(value));
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** What somebody asked for: {@code 99.95}, {@code 12.5}, without what binary fractions add to it. */
  static String objective(double value) {
    return new BigDecimal(value).round(new MathContext(OBJECTIVE_DIGITS)).stripTrailingZeros().toPlainString();
  }

  /** A rate or a number of users exactly as the configuration gave it: {@code 2.125}. */
  static String exact(double level) {
    return BigDecimal.valueOf(level).stripTrailingZeros().toPlainString();
  }

  /** {@code 512 B}, {@code 12.5 MiB}, {@code 69.6 GiB}: three significant digits. */
  static String size(double bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    double value = bytes;
    while (Math.abs(value) >= 1000 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return plain(value) + " " + units[unit];
  }

  /** {@code 15.6 GiB}. */
  static String bytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
