package dev.attain.measurement;

/** How a planned request ended; every planned request ends in exactly one of these. */
public enum Outcome {
  /** The terminal event came, no error event did, and the expected number of tokens was received. */
  COMPLETED,
  /** The engine or the connection reported an error, or the answer was not what was asked for. */
  FAILED,
  /** A time limit of the request or of the point passed first. */
  TIMED_OUT,
  /** It was planned but never sent, because sending was stopped before. */
  UNSENT,
  /** Its node was lost before it reported an outcome. */
  LOST
}
