package dev.attain.report;

import dev.attain.results.GeneratorFigures;
import dev.attain.results.Limits;
import dev.attain.results.NodeSummary;
import dev.attain.results.PointSummary;
import dev.attain.statistics.Dispersion;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything that decides whether points can be believed, a row each: its limit, the worst of all points, and whether it held. */
final class Checks {
  private static final int NAMED = 3;
  private static final List<String> MUST_BE_ZERO = List.of("failedTransfers", "failedNotifications", "expiredRequests",
      "readsAfterExpiry");

  private final List<PointSummary> points;
  private final Table.Builder table = Table.titled("check", "limit", "#worst", "at point", "held");

  private Checks(List<PointSummary> points) {
    this.points = points;
  }

  /** What a check found at a point; the higher the worse. */
  private record Reading(double height, String text, boolean within) {}

  static Table table(Limits limits, List<PointSummary> points, Map<String, Dispersion> arrivals) {
    var checks = new Checks(points);
    checks.generator(limits);
    checks.clocks(limits);
    checks.add("arrivals as asked for", "probability 0.001", point -> Optional.ofNullable(arrivals.get(point.point()))
        .map(it -> new Reading(-it.probability(), "index " + Numbers.twoDecimals(it.index()), it.asAsked())));
    checks.add("outcomes add up to the plan", "always", point -> Optional
        .of(new Reading(point.conserved() ? 0 : 1, point.conserved() ? "yes" : "no", point.conserved())));
    if (points.stream().anyMatch(point -> !point.kvTransfer().isEmpty())) {
      checks.add("KV cache transferred", "some of it, nothing failed", Checks::transfer);
    }
    return checks.table.build();
  }

  private void generator(Limits limits) {
    limited("send lag p99", limits.sendLag(), Numbers::seconds, point -> Optional.of(point.sendLag().p99()));
    limited("busiest event loop", limits.loopUtilisation(), Numbers::percent,
        point -> Optional.of(point.generator().busiestLoop()));
    limited("longest GC pause", limits.gcPause(), Numbers::seconds,
        point -> Optional.of(point.generator().gcPauseMax()));
    limits.loopLag().ifPresent(it -> limited("event loop lag p99", it, Numbers::seconds,
        point -> point.generator().loopLagP99()));
    limits.waiting().ifPresent(it -> limited("waiting for a processor", it, Numbers::percent,
        point -> point.generator().waiting()));
    limits.stall().ifPresent(it -> limited("longest stall", it, Numbers::seconds,
        point -> point.generator().stallMax()));
    limits.receiveDrops().ifPresent(it -> limited("TCP segments dropped", it, Numbers::plain,
        point -> point.generator().receiveDrops().map(Long::doubleValue)));
    limited("failed connects", 0, Numbers::plain,
        point -> failedConnects(point.generator()));
  }

  private static Optional<Double> failedConnects(GeneratorFigures generator) {
    return generator.failedConnects().map(Long::doubleValue);
  }

  private void clocks(Limits limits) {
    limited("clock bound", limits.clockBound(), Numbers::seconds,
        point -> Optional.of(point.nodes().stream().mapToDouble(NodeSummary::clockBound).max().orElse(0)));
  }

  private static Optional<Reading> transfer(PointSummary point) {
    Map<String, Double> kv = point.kvTransfer();
    if (kv.isEmpty()) {
      return Optional.empty();
    }
    double failures = MUST_BE_ZERO.stream().mapToDouble(name -> kv.getOrDefault(name, 0.0)).sum();
    double share = kv.getOrDefault("transferredShare", 0.0);
    boolean proven = kv.getOrDefault("transferredTokens", 0.0) > 0 && failures == 0;
    return Optional.of(new Reading(failures + 1 - share,
        Numbers.percent(share) + (failures > 0 ? ", " + Numbers.plain(failures) + " failed" : ""), proven));
  }

  private void limited(String check, double limit, DoubleFunction<String> words,
      Function<PointSummary, Optional<Double>> figure) {
    add(check, words.apply(limit),
        point -> figure.apply(point).map(it -> new Reading(it, words.apply(it), it <= limit)));
  }

  private void add(String check, String limit, Function<PointSummary, Optional<Reading>> read) {
    List<PointSummary> told = points.stream().filter(point -> read.apply(point).isPresent()).toList();
    Optional<PointSummary> worst = told.stream()
        .max(Comparator.comparingDouble(point -> read.apply(point).orElseThrow().height()));
    if (worst.isEmpty()) {
      table.row(check, limit, "-", "-", new Table.Cell("not told", Tone.OPEN));
      return;
    }
    List<String> past = told.stream().filter(point -> !read.apply(point).orElseThrow().within())
        .map(PointSummary::point).toList();
    table.row(check, limit, read.apply(worst.get()).orElseThrow().text(), worst.get().point(), verdict(told, past));
  }

  private Table.Cell verdict(List<PointSummary> told, List<String> past) {
    if (!past.isEmpty()) {
      return new Table.Cell("no, at " + past.size() + " of " + points.size() + ": "
          + past.stream().limit(NAMED).collect(Collectors.joining(", ")) + (past.size() > NAMED ? ", ..." : ""),
          Tone.BAD);
    }
    return new Table.Cell(told.size() == points.size()
        ? "yes"
        : "yes, at the " + told.size() + " of " + points.size() + " points that tell", Tone.GOOD);
  }
}
