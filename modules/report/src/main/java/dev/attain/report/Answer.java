package dev.attain.report;

import dev.attain.statistics.Crossing;
import dev.attain.statistics.Estimate;
import dev.attain.statistics.MaxLoad;

/**
 * The answer of a comparison in one sentence: which rate each of two sides sustains, and how many times the other's the
 * first one's is. Beyond the measured rates only their ends are named, with the interval where so few requests leave it open whether
 * they are beyond.
 *
 * @param unit of rates
 * @param target share of requests that must meet the objectives
 */
record Answer(Side side, Side base, String unit, double target) {

  String sentence() {
    return Sentence.of(side.label()) + " sustains " + rate(side, " " + unit) + " at " + Numbers.plain(target * 100)
        + " %, " + base.label() + " " + rate(base, "") + ": " + factor() + ".";
  }

  /** {@code 9.1 [8.6, 9.5] req/s}, {@code at least 12 req/s (highest measured)}. */
  static String rate(Side side, String unit) {
    MaxLoad max = side.max();
    return switch (max.isotonic()) {
      case Crossing.At at -> Numbers.plain(at.load()) + " " + ends(max) + unit;
      case Crossing.AboveHighest above -> "at least " + Numbers.plain(above.highest())
          + (max.estimate().low() < above.highest() ? " " + ends(max) : "") + unit + " (highest measured)";
      case Crossing.BelowLowest below -> "less than " + Numbers.plain(below.lowest())
          + (max.estimate().high() > below.lowest() ? " " + ends(max) : "") + unit + " (lowest measured)";
    };
  }

  /** {@code [8.6, 9.5]}; an end beyond the measured rates says so. */
  static String ends(MaxLoad max) {
    Estimate it = max.estimate();
    String low = it.low() > 0 ? Numbers.plain(it.low()) : "below the lowest";
    String high = Double.isFinite(it.high()) ? Numbers.plain(it.high()) : "above the highest";
    return "[" + low + ", " + high + "]";
  }

  private String factor() {
    Estimate times = side.max().times(base.max());
    if (Double.isNaN(times.value())) {
      return bound(times);
    }
    String low = times.low() > 0 ? Numbers.twoDecimals(times.low()) : "0";
    String high = Double.isFinite(times.high()) ? Numbers.twoDecimals(times.high()) : "unbounded";
    return Numbers.twoDecimals(times.value()) + "x [" + low + ", " + high + "]"
        + (times.contains(1) ? ", no difference shown" : "");
  }

  /** From the ends of the interval: what was measured is the best guess of a bound, and as often too much as too little. */
  private static String bound(Estimate times) {
    if (times.low() >= 1) {
      return "at least " + Numbers.twoDecimals(times.low()) + "x";
    }
    return times.high() <= 1
        ? "at most " + Numbers.twoDecimals(times.high()) + "x"
        : "the measured rates do not tell which is more";
  }
}
