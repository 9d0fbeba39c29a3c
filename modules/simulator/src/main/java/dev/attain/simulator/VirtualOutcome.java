package dev.attain.simulator;

/**
 * What became of a request of a virtual run. Instants are nanoseconds from the start of the run, as a client sees them;
 * -1 where a stage did not happen.
 *
 * @param request
 *          with the instant at which it really arrived, which a closed loop decides
 * @param prefillEndNanos
 *          when the prefill instance had answered; -1 in a colocated deployment
 * @param landedNanos
 *          when all of the prompt's KV had reached the decode instance; -1 in a colocated deployment
 */
public record VirtualOutcome(VirtualRequest request, long prefillEndNanos, long landedNanos, long firstTokenNanos,
    long lastTokenNanos) {

  static final long NEVER = -1;

  /** Whether all tokens were produced; false for a request that no instance could ever hold. */
  public boolean completed() {
    return lastTokenNanos != NEVER;
  }

  /** Time to first token in nanoseconds; -1 when there was none. */
  public long ttftNanos() {
    return firstTokenNanos == NEVER ? NEVER : firstTokenNanos - request.arrivalNanos();
  }

  /** Time per output token after the first, in nanoseconds; 0 for an answer of one token or none. */
  public double tpotNanos() {
    return completed() && request.outputTokens() > 1
        ? (double) (lastTokenNanos - firstTokenNanos) / (request.outputTokens() - 1)
        : 0;
  }
}
