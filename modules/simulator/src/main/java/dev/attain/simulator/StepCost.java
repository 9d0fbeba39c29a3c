package dev.attain.simulator;

/** How long an engine needs for one step. */
@FunctionalInterface
interface StepCost {

  /** Duration of a step that is not empty, in nanoseconds; at least one. */
  long nanos(StepShape shape);

  /** When such a step ends that starts at that instant. */
  default long endNanos(StepShape shape, long startNanos) {
    return startNanos + nanos(shape);
  }
}
