package dev.attain.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** When the stages of a request began and ended, in nanoseconds of the step clock. */
record RequestTimes(long queuedNanos, long scheduledNanos, long firstTokenNanos, long lastTokenNanos, int tokens) {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MILLIS_PER_SECOND = 1e3;

  /** The names and definitions of vLLM's per-request metrics: times count from when it was first part of a step. */
  void writeTo(ObjectNode target) {
    double inferenceMillis = millis(scheduledNanos, lastTokenNanos);
    target.put("time_to_first_token_ms", millis(scheduledNanos, firstTokenNanos));
    target.put("generation_time_ms", millis(firstTokenNanos, lastTokenNanos));
    target.put("queue_time_ms", millis(queuedNanos, scheduledNanos));
    if (tokens > 1) {
      target.put("mean_itl_ms", millis(firstTokenNanos, lastTokenNanos) / (tokens - 1));
    }
    target.put("tokens_per_second", tokens / inferenceMillis * MILLIS_PER_SECOND);
  }

  private static double millis(long from, long until) {
    return (until - from) / NANOS_PER_MILLI;
  }
}
