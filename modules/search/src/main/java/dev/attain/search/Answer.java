package dev.attain.search;

/** The highest load that meets the target, as far as it is known. Nothing is extrapolated. */
public sealed interface Answer {
  /**
   * It was found.
   *
   * @param load where the fit over all probes crosses the target
   * @param low lower end of its 95 % interval; 0 when it may lie below everything measured
   * @param high upper end; infinite when it may lie above everything measured
   */
  record At(double load, double low, double high) implements Answer {}

  /** Even the lowest load that may be measured misses the target. */
  record BelowLowest(double lowest) implements Answer {}

  /** Even the highest load that may be measured meets it. */
  record AboveHighest(double highest) implements Answer {}

  /** The search ended before a load missed it. */
  record AtLeast(double holds) implements Answer {}

  /** The search ended before a load met it. */
  record Below(double misses) implements Answer {}

  /** The search ended before anything was known. */
  record Unknown() implements Answer {}
}
