package dev.attain.simulator;

/**
 * One request of a virtual run.
 *
 * @param arrivalNanos
 *          when the server receives it, in nanoseconds from the start of the run
 * @param promptTokens
 *          at least 1
 * @param outputTokens
 *          at least 1; all of them are produced
 */
public record VirtualRequest(long arrivalNanos, int promptTokens, int outputTokens) {

  /** @throws IllegalArgumentException when a request has no prompt, no output or arrives before the start */
  public VirtualRequest {
    if (arrivalNanos < 0 || promptTokens < 1 || outputTokens < 1) {
      throw new IllegalArgumentException("a request arrives at 0 ns or later with at least one prompt and one output "
          + "token, not at " + arrivalNanos + " ns with " + promptTokens + " and " + outputTokens);
    }
  }
}
