package dev.attain.bench;

/**
 * What a client says it has measured.
 *
 * @param completed requests answered in full
 * @param seconds from the first request to the end of the last answer
 * @param ttft time to first token
 * @param itl gap between tokens
 * @param remark what a reader must know to compare it with the others; empty for none
 */
record Reading(long completed, double seconds, Millis ttft, Millis itl, String remark) {

  /** A distribution, in milliseconds. */
  record Millis(double mean, double p50, double p99) {}

  /**
   * Requests per second while requests were due: the last answer takes as long as the truth says, and that time is not
   * the client's.
   */
  double requestsPerSecond(Truth truth) {
    return completed / Math.max(1e-3, seconds - truth.e2eSeconds());
  }

  /** Token events per second over the whole run. */
  double eventsPerSecond(Truth truth) {
    return completed * (double) truth.tokens() / Math.max(1e-3, seconds);
  }
}
