package dev.attain.cluster;

import dev.attain.client.Target;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Engine;
import dev.attain.measurement.Counts;
import dev.attain.measurement.NanoClock;
import java.time.Duration;

/**
 * KV that requests of an earlier point left on prefill instances when they were given up between their two legs. An
 * instance keeps it until its lease ends, and counts it as expired then: a point that is measured meanwhile would seem to
 * have lost it. Owned by one actor; not thread-safe.
 */
final class AbandonedKv {
  /** What vLLM keeps it for unless it is told otherwise. */
  private static final Duration USUAL_LEASE = Duration.ofSeconds(30);
  /** An engine looks at its leases once a step, and no more often than a second. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private final NanoClock clock;
  private long goneNanos;

  AbandonedKv(NanoClock clock) {
    this.clock = clock;
    this.goneNanos = clock.nanos();
  }

  /** A point of this deployment is over. */
  void after(PointOutcome outcome, Target target) {
    if (target instanceof Target.Split && givenUp(outcome) > 0) {
      goneNanos = clock.nanos() + lease(outcome.deployment()).plus(SLACK).toNanos();
    }
  }

  /** Until nothing of it is left; zero when nothing is. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, goneNanos - clock.nanos()));
  }

  /** Requests that were sent and not answered in full. */
  private static long givenUp(PointOutcome outcome) {
    Counts counts = outcome.counts();
    return counts.planned() - counts.completed() - counts.unsent()
        + outcome.unmeasured().sent() - outcome.unmeasured().completed();
  }

  private static Duration lease(Deployment deployment) {
    return deployment instanceof Deployment.Disaggregated disaggregated
        && disaggregated.engine() instanceof Engine.Vllm vllm
            ? vllm.kvTransfer().lease().orElse(USUAL_LEASE)
            : USUAL_LEASE;
  }
}
