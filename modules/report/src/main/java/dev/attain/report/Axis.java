package dev.attain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Maps values to a range of the drawing.
 *
 * @param from place of the lowest value in the drawing
 * @param to place of the highest
 */
record Axis(double lowest, double highest, double from, double to, boolean logarithmic, List<Tick> ticks) {
  static final int WANTED_TICKS = 6;
  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  /** A labelled value. */
  record Tick(double value, String label) {}

  /** From zero to a little beyond the highest value, with round steps. */
  static Axis linear(double highest, double from, double to, DoubleFunction<String> label) {
    return linear(highest, from, to, WANTED_TICKS, label);
  }

  /** @param wantedTicks about as many there will be */
  static Axis linear(double highest, double from, double to, int wantedTicks, DoubleFunction<String> label) {
    double top = highest > 0 ? highest : 1;
    double step = roundStep(top / wantedTicks);
    var ticks = new ArrayList<Tick>();
    for (int number = 0; number * step <= top * (1 + 1e-9); number++) {
      ticks.add(new Tick(number * step, label.apply(number * step)));
    }
    return new Axis(0, top, from, to, false, ticks);
  }

  /** From a little below the lowest value to a little beyond the highest, with round steps. */
  static Axis between(double lowest, double highest, double from, double to, DoubleFunction<String> label) {
    double margin = highest > lowest ? 0.04 * (highest - lowest) : 0.5 * Math.abs(highest) + 0.1;
    double bottom = lowest - margin;
    double top = highest + margin;
    double step = roundStep((top - bottom) / WANTED_TICKS);
    var ticks = new ArrayList<Tick>();
    for (double number = Math.ceil(bottom / step); number * step <= top; number++) {
      ticks.add(new Tick(number * step, label.apply(number * step)));
    }
    return new Axis(bottom, top, from, to, false, ticks);
  }

  /** From a little below the lowest value to a little above the highest. */
  static Axis logarithmic(double lowest, double highest, double from, double to, DoubleFunction<String> label) {
    double low = lowest > 0 ? lowest : 1e-3;
    double high = Math.max(highest, low);
    double bottom = low / 1.3;
    double top = high * 1.3;
    return new Axis(bottom, top, from, to, true, ticksBetween(bottom, top, label));
  }

  /** Powers of ten, with 2 and 5 between them when there is room, or equal steps within less than a power. */
  private static List<Tick> ticksBetween(double bottom, double top, DoubleFunction<String> label) {
    double powers = Math.log10(top / bottom);
    var ticks = new ArrayList<Tick>();
    if (powers < 0.8) {
      double step = roundStep((top - bottom) / (WANTED_TICKS - 1));
      for (double number = Math.ceil(bottom / step); number * step <= top; number++) {
        ticks.add(new Tick(number * step, label.apply(number * step)));
      }
      return ticks;
    }
    double[] factors = powers <= 2.2 ? new double[]{1, 2, 5} : new double[]{1};
    for (int power = (int) Math.floor(Math.log10(bottom)); power <= Math.log10(top); power++) {
      for (double factor : factors) {
        double value = factor * Math.pow(10, power);
        if (value >= bottom && value <= top) {
          ticks.add(new Tick(value, label.apply(value)));
        }
      }
    }
    return ticks;
  }

  /** Where a value lies in the drawing; values beyond the ends lie on them. */
  double place(double value) {
    double inside = Math.clamp(value, lowest, highest);
    double share = logarithmic
        ? Math.log(inside / lowest) / Math.log(highest / lowest)
        : (inside - lowest) / (highest - lowest);
    return from + share * (to - from);
  }

  private static double roundStep(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double step : STEPS) {
      if (step * power >= rough * (1 - 1e-9)) {
        return step * power;
      }
    }
    return 10 * power;
  }
}
