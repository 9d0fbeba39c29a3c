package dev.attain.experiment;

import dev.attain.measurement.Slo;
import java.time.Duration;

/**
 * Limits past which a point is not believed. The reasons for the defaults stand beside them in {@code
 * conf/reference.conf}.
 *
 * @param sendLagFloor a p99 send lag up to here never invalidates
 * @param sendLagShareOfTtft share (0..1) of the TTFT objective that the p99 send lag may reach
 * @param startSkew largest lateness of a node's start against the common start
 * @param clockBound largest uncertainty of a node's clock offset
 * @param generator what each load node may suffer
 */
public record Validity(Duration sendLagFloor, double sendLagShareOfTtft, Duration startSkew, Duration clockBound,
    GeneratorLimits generator) {

  /** The larger of the floor and the share of the TTFT objective. */
  public Duration sendLagLimit(Slo slo) {
    var share = Duration.ofNanos(Math.round(slo.ttft().toNanos() * sendLagShareOfTtft));
    return share.compareTo(sendLagFloor) > 0 ? share : sendLagFloor;
  }

  /** As configured, or else what the send lag may be: either makes every latency as much longer. */
  public Duration loopLagLimit(Slo slo) {
    return generator.loopLag().orElse(sendLagLimit(slo));
  }
}
