package dev.attain.report;

import dev.attain.measurement.Percentiles;
import dev.attain.results.GeneratorFigures;
import dev.attain.results.Limits;
import dev.attain.results.Manifest;
import dev.attain.results.NodeSummary;
import dev.attain.results.PointSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The part of the report that lets a reader judge the measurement itself. */
final class Validity {
  private Validity() {}

  /** One row for each point, what is past a limit marked. */
  static Table limits(Manifest manifest, List<PointSummary> summaries) {
    Limits limits = manifest.limits();
    var table = Table.titled("point", "#send lag p99 (limit " + Numbers.seconds(limits.sendLag()) + ")",
        "#clock bound (limit " + Numbers.seconds(limits.clockBound()) + ")",
        "#busiest loop (limit " + Numbers.percent(limits.loopUtilisation()) + ")",
        "#longest GC pause (limit " + Numbers.seconds(limits.gcPause()) + ")", "#CPU per token event",
        "outcomes");
    for (PointSummary point : summaries) {
      double clock = point.nodes().stream().mapToDouble(NodeSummary::clockBound).max().orElse(0);
      double lag = point.sendLag().p99();
      var generator = point.generator();
      table.row(point.point(), Table.limited(Numbers.seconds(lag), lag <= limits.sendLag()),
          Table.limited(Numbers.seconds(clock), clock <= limits.clockBound()),
          Table.limited(Numbers.percent(generator.busiestLoop()), generator.busiestLoop() <= limits.loopUtilisation()),
          Table.limited(Numbers.seconds(generator.gcPauseMax()), generator.gcPauseMax() <= limits.gcPause()),
          Numbers.plain(generator.cpuMicrosPerEvent()) + " us",
          new Table.Cell(point.conserved() ? "add up" : "do not add up", point.conserved() ? Tone.GOOD : Tone.BAD));
    }
    return table.build();
  }

  /** One row for each point of which requests had to wait for others to end. */
  static Table waits(List<PointSummary> summaries) {
    var table = Table.titled("point", "#requests that waited", "#share of planned", "#wait p50", "#wait p99",
        "#longest wait");
    for (PointSummary point : summaries) {
      Percentiles waits = point.inFlightWait();
      if (waits.count() > 0) {
        table.row(point.point(), waits.count(), Numbers.percent((double) waits.count() / point.planned()),
            Numbers.seconds(waits.p50()), Numbers.seconds(waits.p99()), Numbers.seconds(waits.max()));
      }
    }
    return table.build();
  }

  /** One row for each point of what its load nodes suffered, the worst of all; empty where no bundle tells. */
  static Table generator(Manifest manifest, List<PointSummary> summaries) {
    Limits limits = manifest.limits();
    var table = Table.titled("point", "#loop lag p99" + limit(limits.loopLag().map(Numbers::seconds)), "#loop lag max",
        "#waiting for a processor" + limit(limits.waiting().map(Numbers::percent)),
        "#longest stall" + limit(limits.stall().map(Numbers::seconds)), "#longest safepoint", "#other threads",
        "#descriptors used", "#failed connects (limit 0)", "#TCP repeats",
        "#TCP receive drops" + limit(limits.receiveDrops().map(String::valueOf)));
    for (PointSummary point : summaries) {
      GeneratorFigures it = point.generator();
      if (it.nodes().isEmpty()) {
        continue;
      }
      table.row(point.point(), limited(it.loopLagP99(), limits.loopLag(), Numbers::seconds),
          told(it.loopLagMax(), Numbers::seconds), limited(it.waiting(), limits.waiting(), Numbers::percent),
          limited(it.stallMax(), limits.stall(), Numbers::seconds), told(it.safepointMax(), Numbers::seconds),
          told(it.otherCores(), cores -> Numbers.plain(cores) + " cores"),
          told(it.descriptorsUsed(), Numbers::percent), limited(it.failedConnects(), Optional.of(0L), String::valueOf),
          told(it.retransmits(), String::valueOf),
          limited(it.receiveDrops(), limits.receiveDrops(), String::valueOf));
    }
    return table.build();
  }

  private static String limit(Optional<String> value) {
    return value.map(text -> " (limit " + text + ")").orElse("");
  }

  private static <T> String told(Optional<T> figure, Function<T, String> text) {
    return figure.map(text).orElse("not told");
  }

  private static <T extends Comparable<T>> Table.Cell limited(Optional<T> figure, Optional<T> limit,
      Function<T, String> text) {
    boolean within = figure.isEmpty() || limit.isEmpty() || figure.get().compareTo(limit.get()) <= 0;
    return Table.limited(told(figure, text), within);
  }

  /** One row for each point whose KV has to travel; what casts doubt on it is marked. */
  static Table transfers(List<PointSummary> summaries) {
    var table = Table.titled("point", "#KV transferred", "#prompt tokens", "#transfers", "#transferred", "#mean time",
        "#throughput", "#failed", "#failed notifications", "#expired", "#read too late");
    for (PointSummary point : summaries) {
      Map<String, Double> kv = point.kvTransfer();
      if (kv.isEmpty()) {
        continue;
      }
      table.row(point.point(), Table.limited(Numbers.percent(figure(kv, "transferredShare")),
          figure(kv, "transferredTokens") > 0), Numbers.plain(figure(kv, "transferredTokens")),
          Numbers.plain(figure(kv, "transfers")), Numbers.size(figure(kv, "bytes")),
          Numbers.seconds(figure(kv, "meanTransferTime")), Numbers.size(figure(kv, "bytesPerSecond")) + "/s",
          mustBeZero(kv, "failedTransfers"), mustBeZero(kv, "failedNotifications"), mustBeZero(kv, "expiredRequests"),
          mustBeZero(kv, "readsAfterExpiry"));
    }
    return table.build();
  }

  private static Table.Cell mustBeZero(Map<String, Double> kv, String name) {
    return Table.limited(Numbers.plain(figure(kv, name)), figure(kv, name) <= 0);
  }

  private static double figure(Map<String, Double> kv, String name) {
    return kv.getOrDefault(name, 0.0);
  }

  /** One sentence over all points. */
  static String conservation(List<PointSummary> summaries) {
    long planned = summaries.stream().mapToLong(PointSummary::planned).sum();
    long completed = summaries.stream().mapToLong(PointSummary::completed).sum();
    long failed = summaries.stream().mapToLong(PointSummary::failed).sum();
    long timedOut = summaries.stream().mapToLong(PointSummary::timedOut).sum();
    long unsent = summaries.stream().mapToLong(PointSummary::unsent).sum();
    long lost = summaries.stream().mapToLong(PointSummary::lost).sum();
    boolean conserved = summaries.stream().allMatch(PointSummary::conserved);
    return planned + " planned = " + completed + " completed + " + failed + " failed + " + timedOut + " timed out + "
        + unsent + " unsent + " + lost + " lost, "
        + (conserved ? "for every node and every point." : "BUT NOT for every node and every point: see below.");
  }

  /** One row for each node of each point. */
  static Table nodes(List<PointSummary> summaries) {
    var table = Table.titled("point", "node", "#planned", "#completed", "#failed", "#timed out", "#unsent", "#lost",
        "sum", "#clock offset", "#clock bound");
    for (PointSummary point : summaries) {
      for (NodeSummary node : point.nodes()) {
        table.row(point.point(), node.id(), node.planned(), node.completed(), node.failed(), node.timedOut(),
            node.unsent(), Table.limited(String.valueOf(node.lost()), node.lost() == 0),
            new Table.Cell(node.conserved() ? "adds up" : "does not add up", node.conserved() ? Tone.GOOD : Tone.BAD),
            Numbers.seconds(node.clockOffset()), Numbers.seconds(node.clockBound()));
      }
    }
    return table.build();
  }
}
