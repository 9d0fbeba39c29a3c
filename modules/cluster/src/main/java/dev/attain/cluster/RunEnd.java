package dev.attain.cluster;

/** How a run ended. */
public sealed interface RunEnd {
  /** Every point was measured or skipped for a reason that was told. */
  record Completed() implements RunEnd {}

  /** Nothing could be measured: nodes or engines did not come up. */
  record CouldNotStart(String reason) implements RunEnd {}

  /** The run broke off after it had begun to measure; what was measured so far stands. */
  record BrokenOff(String reason) implements RunEnd {}

  /** Somebody asked for the end. */
  record Interrupted() implements RunEnd {}
}
