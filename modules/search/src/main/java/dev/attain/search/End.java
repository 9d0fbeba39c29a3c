package dev.attain.search;

/** Why a search measures no more. */
public sealed interface End {
  /** There is nothing more to find out. */
  record Completed() implements End {}

  /** The next segment would be more than may be spent. */
  record OutOfBudget() implements End {}

  /** A segment could not be believed, nor could its repetition. */
  record Unbelievable(String reason) implements End {}

  /** Something outside of the search ended it. */
  record Stopped(String reason) implements End {}
}
