package dev.attain.cluster;

import dev.attain.client.GeneratorLoad;
import dev.attain.client.LoopLoad;
import dev.attain.client.NodeResources;
import dev.attain.experiment.GeneratorLimits;
import dev.attain.experiment.Validity;
import dev.attain.measurement.Counts;
import dev.attain.measurement.Latencies;
import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.Slo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
    Counts counts = PointOutcome.counts(nodes);
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
    GeneratorLimits most = limits.generator();
    check(node, "started late by", Duration.ofNanos(load.startLatenessNanos()), limits.startSkew(), reasons);
    check(node, "was stopped by garbage collection for", Duration.ofNanos(load.stalls().gcPauseMaxNanos()),
        most.gcPause(), reasons);
    check(node, "nothing ran for", Duration.ofNanos(load.stalls().maxNanos()), most.stall(), reasons);
    if (load.busiestLoop() > most.loopUtilisation()) {
      reasons.add("%s: its busiest event loop used %s of a core, the limit is %s".formatted(node,
          percent(load.busiestLoop()), percent(most.loopUtilisation())));
    }
    for (int loop = 0; loop < load.loops().size(); loop++) {
      LoopLoad each = load.loops().get(loop);
      check(node, "event loop %d came late to its tasks: at p99 by".formatted(loop),
          Duration.ofNanos(each.lagP99Nanos()), limits.loopLagLimit(slo), reasons);
      checkWaiting(node, "event loop " + loop, each.waiting(), reasons);
    }
    checkWaiting(node, "the pacer", load.processors().pacerWaiting(), reasons);
    load.kernel().filter(counters -> counters.receiveDrops() > most.receiveDrops())
        .ifPresent(
            counters -> reasons.add(("%s: its machine threw away %d TCP segments that had arrived, the limit is %d;"
                + " see net.ipv4.tcp_rmem and net.core.rmem_max").formatted(node, counters.receiveDrops(),
                    most.receiveDrops())));
    checkResources(node, load.resources(), reasons);
  }

  private void checkWaiting(String node, String thread, Optional<Double> waiting, List<String> reasons) {
    double limit = limits.generator().loopWaiting();
    waiting.filter(share -> share > limit)
        .ifPresent(share -> reasons.add("%s: no processor was free for %s %s of the time, the limit is %s"
            .formatted(node, thread, percent(share), percent(limit))));
  }

  private static void checkResources(String node, NodeResources resources, List<String> reasons) {
    long failures = resources.failedForDescriptors() + resources.failedForPorts();
    if (failures > 0) {
      reasons.add("%s: %d %s could not be opened: %s".formatted(node, failures,
          failures == 1 ? "connection" : "connections", resources.firstFailure()));
    }
  }

  private static void check(String node, String what, Duration value, Duration limit, List<String> reasons) {
    if (value.compareTo(limit) > 0) {
      reasons.add("%s: %s %s, the limit is %s".formatted(node, what, millis(value), millis(limit)));
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
  }
}
