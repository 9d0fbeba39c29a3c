package dev.attain.simulator;

/**
 * Outputs on their way from the engine through the front end, which works on one at a time, in the order in which the
 * engine hands them out. The tokens of a step therefore leave spread out, and outputs that come faster than the front end
 * can work wait in line; the engine's steps do not wait for it. Not thread-safe.
 */
final class OutputQueue {

  private final long costNanos;
  private long freeNanos = Long.MIN_VALUE;

  OutputQueue(FrontEndCost cost) {
    this.costNanos = cost.outputNanos();
  }

  /**
   * Takes the next output and returns when it leaves: its deadline.
   *
   * @param stepEndNanos
   *          when the engine has it, never before that of the output in front of it
   */
  long leaveNanos(long stepEndNanos) {
    freeNanos = Math.max(freeNanos, stepEndNanos) + costNanos;
    return freeNanos;
  }
}
