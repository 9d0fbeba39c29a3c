package dev.attain.cluster;

import dev.attain.client.GeneratorLoad;
import dev.attain.experiment.Validity;
import dev.attain.measurement.Counts;
import dev.attain.measurement.Latencies;
import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.Slo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether the generator, not the engine, shaped what was measured: the reasons not to believe a point. Pure. */
final class ValidityCheck {
  private final Validity limits;
  private final Slo slo;

  ValidityCheck(Validity limits, Slo slo) {
    this.limits = limits;
    this.slo = slo;
  }

  /** Empty when the point can be believed. */
  List<String> reasons(List<PointOutcome.NodeOutcome> nodes) {
    Counts counts = nodes.stream().map(node -> node.last().counts()).reduce(Counts.none(), Counts::plus);
    Latencies latencies = nodes.stream().map(node -> node.last().latencies()).reduce(Latencies.empty(),
        Latencies::plus);
    List<String> reasons = new ArrayList<>();
    checkSendLag(latencies, reasons);
    if (counts.unsent() > 0) {
      reasons.add("%d of %d planned requests were not sent".formatted(counts.unsent(), counts.planned()));
    }
    for (PointOutcome.NodeOutcome node : nodes) {
      check(node.node(), "clock offset known only within", Duration.ofNanos(node.clock().boundNanos()),
          limits.clockBound(), reasons);
      node.load().ifPresent(load -> checkLoad(node.node(), load, reasons));
    }
    if (!counts.conserved()) {
      reasons.add("the counts do not add up: " + counts);
    }
    return reasons;
  }

  private void checkSendLag(Latencies latencies, List<String> reasons) {
    Duration limit = limits.sendLagLimit(slo);
    var histogram = latencies.of(LatencyMetric.SEND_LAG);
    Duration p99 = Duration.ofNanos(histogram.getValueAtPercentile(99) * 1_000);
    if (histogram.getTotalCount() > 0 && p99.compareTo(limit) > 0) {
      reasons.add("requests were sent late: send lag p99 is %s, the limit is %s".formatted(millis(p99), millis(limit)));
    }
  }

  private void checkLoad(String node, GeneratorLoad load, List<String> reasons) {
    check(node, "started late by", Duration.ofNanos(load.startLatenessNanos()), limits.startSkew(), reasons);
    check(node, "was stopped by garbage collection for", Duration.ofNanos(load.gcPauseMaxNanos()), limits.gcPause(),
        reasons);
    if (load.busiestLoop() > limits.loopUtilisation()) {
      reasons.add(String.format(Locale.ROOT, "%s: its busiest event loop used %.0f %% of a core, the limit is %.0f %%",
          node, 100 * load.busiestLoop(), 100 * limits.loopUtilisation()));
    }
  }

  private static void check(String node, String what, Duration value, Duration limit, List<String> reasons) {
    if (value.compareTo(limit) > 0) {
      reasons.add("%s: %s %s, the limit is %s".formatted(node, what, millis(value), millis(limit)));
    }
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
  }
}
