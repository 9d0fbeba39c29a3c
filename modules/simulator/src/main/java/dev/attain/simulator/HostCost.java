package dev.attain.simulator;

/**
 * The part of a step's time that is the host's and that no GPU work hides, in seconds.
 *
 * @param stepSeconds
 *          scheduling, launching and sampling, for every step
 * @param rowSeconds
 *          the same for each sampled row
 * @param prefillSeconds
 *          additional for a step with prefill in it, which runs outside the captured graphs
 */
record HostCost(double stepSeconds, double rowSeconds, double prefillSeconds) {

  double seconds(StepShape shape) {
    return stepSeconds + rowSeconds * shape.sampledRows() + (shape.prefillTokens() > 0 ? prefillSeconds : 0);
  }
}
