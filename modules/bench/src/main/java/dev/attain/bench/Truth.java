package dev.attain.bench;

import java.time.Duration;

/**
 * What the server does, to the microsecond: nothing that a client reports beyond this is the engine's.
 *
 * @param ttft from the arrival of a request to its first token
 * @param itl between two tokens
 * @param tokens of each answer, one event and one write for each
 */
record Truth(Duration ttft, Duration itl, int tokens) {
  double ttftMillis() {
    return ttft.toNanos() / 1e6;
  }

  double itlMillis() {
    return itl.toNanos() / 1e6;
  }

  /** From the arrival of a request to its last token. */
  double e2eSeconds() {
    return (ttft.toNanos() + (tokens - 1.0) * itl.toNanos()) / 1e9;
  }
}
