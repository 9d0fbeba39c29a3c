package dev.attain.report;

import dev.attain.report.Chart.LegendKey;
import dev.attain.report.Chart.Mark;
import dev.attain.report.Chart.Pattern;
import dev.attain.report.Chart.Sample;
import dev.attain.report.Chart.Scale;
import dev.attain.report.Chart.Series;
import dev.attain.results.PointSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Requests in the batches of the engines over time, the deployments at the same load on top of each other, the loads one
 * after the other: how many requests an engine can batch decides its throughput (the PagedAttention paper, Kwon et al.,
 * SOSP 2023, shows the mean of it).
 */
final class BatchedRequests {
  /** What there is room for below the chart. */
  private static final int WIDEST_LOADS = 30;

  /** Points that stand on top of each other. */
  private record Load(double level, int repeat) {
    static Load of(PointSummary point) {
      return new Load(point.level(), point.repeat());
    }
  }

  private BatchedRequests() {}

  /** Empty when no engine said anything. */
  static Optional<Chart> chart(Map<String, Ink> inks, List<Observed> points) {
    var series = new ArrayList<Series>();
    double start = 0;
    for (List<Observed> together : byLoad(points)) {
      for (Observed point : together) {
        var course = new EngineCourse(point.server(), start, point.seconds(),
            Math.max(point.server().intervalSeconds(), Math.max(1, RunTimeline.step(points) / inks.size())));
        for (String role : course.roles()) {
          add(series, point.point().deployment(), role, inks, course.running(role));
        }
      }
      start += together.stream().mapToDouble(Observed::seconds).max().orElse(0);
    }
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(new Chart("batched-requests-over-time", "Batched (running) requests over time",
            horizontal(points), Scale.COUNT, series, List.of(), keys(inks, series)));
  }

  /** Ascending, repeats one after the other. */
  private static Collection<List<Observed>> byLoad(List<Observed> points) {
    var byLevel = new TreeMap<Double, Map<Load, List<Observed>>>();
    points.forEach(point -> byLevel.computeIfAbsent(point.point().level(), level -> new LinkedHashMap<>())
        .computeIfAbsent(Load.of(point.point()), load -> new ArrayList<>()).add(point));
    return byLevel.values().stream().flatMap(loads -> loads.values().stream()).toList();
  }

  private static void add(List<Series> series, String deployment, String role, Map<String, Ink> inks,
      List<Sample> running) {
    if (!running.isEmpty()) {
      boolean prefill = role.equals("prefill");
      series.add(Series.unmarked(deployment + (prefill || role.equals("decode") ? ", " + role : ""),
          inks.get(deployment), prefill ? Pattern.DOTTED : Pattern.SOLID, running));
    }
  }

  private static String horizontal(List<Observed> points) {
    LoadUnit unit = LoadUnit.of(points.stream().map(Observed::point).toList());
    List<Double> levels = points.stream().map(point -> point.point().level()).distinct().sorted().toList();
    String loads = unit.of(levels.stream());
    return "seconds, one load after the other: "
        + (loads.length() <= WIDEST_LOADS ? loads : levels.size() + " loads, ascending");
  }

  private static List<LegendKey> keys(Map<String, Ink> inks, List<Series> series) {
    var keys = inks.entrySet().stream()
        .filter(it -> series.stream().anyMatch(line -> line.ink() == it.getValue()))
        .map(it -> new LegendKey(it.getKey(), it.getValue(), Pattern.SOLID, Mark.NONE))
        .collect(Collectors.toCollection(ArrayList::new));
    if (series.stream().anyMatch(line -> line.pattern() == Pattern.DOTTED)) {
      keys.add(new LegendKey("prefill side", Ink.MUTED, Pattern.DOTTED, Mark.NONE));
    }
    return keys;
  }
}
