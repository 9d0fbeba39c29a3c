package dev.attain.search;

/** What a search wants next. */
public sealed interface Step {
  /**
   * A segment at this load.
   *
   * @param repeat from 1, counted at each load; each has a seed of its own
   * @param extension whether it goes on with the probe before, which has not decided
   */
  record Measure(double load, int repeat, boolean extension) implements Step {}

  /** Nothing: the search is over. */
  record Done(Finding finding) implements Step {}
}
