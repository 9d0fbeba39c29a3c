package dev.attain.results;

/**
 * One assertion of the configuration and how it came out.
 *
 * @param statement as written in the configuration
 * @param detail the measured value in words
 */
public record AssertionFacts(String statement, Outcome outcome, String detail) {

  /** How it came out. */
  public enum Outcome {
    HOLDS, FAILS,
    /** What was measured proves neither. */
    UNDECIDED
  }
}
