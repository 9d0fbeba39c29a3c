package dev.attain.report;

import dev.attain.measurement.LatencyMetric;
import dev.attain.report.Chart.Across;
import dev.attain.report.Chart.Guides;
import dev.attain.report.Chart.LegendKey;
import dev.attain.report.Chart.Mark;
import dev.attain.report.Chart.Pattern;
import dev.attain.report.Chart.Sample;
import dev.attain.report.Chart.Scale;
import dev.attain.report.Chart.Series;
import dev.attain.report.Chart.Upright;
import dev.attain.results.Distribution;
import dev.attain.results.Objectives;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cumulative distributions of latencies at each load, of all deployments together. */
final class LatencyCurves {
  private static final Map<LatencyMetric, String> METRICS = metrics();
  /** Values of all curves together, which keep a page of very many points small. */
  private static final int ALL_VALUES = 60_000;
  private static final int MOST_VALUES = 160;
  private static final int FEWEST_VALUES = 16;
  /** A single gap of a microsecond would take most of a logarithmic axis. */
  private static final double FASTEST = 0.005;

  private final Map<String, Ink> inks;
  private final Objectives objectives;
  private final List<Observed> points;
  private final LoadUnit unit;

  LatencyCurves(Map<String, Ink> inks, Objectives objectives, List<Observed> points) {
    this.inks = inks;
    this.objectives = objectives;
    this.points = points.stream()
        .filter(point -> METRICS.keySet().stream().anyMatch(metric -> has(point, metric))).toList();
    this.unit = LoadUnit.of(points.stream().map(Observed::point).toList());
  }

  private static Map<LatencyMetric, String> metrics() {
    var metrics = new LinkedHashMap<LatencyMetric, String>();
    metrics.put(LatencyMetric.TTFT, "TTFT");
    metrics.put(LatencyMetric.TPOT, "TPOT");
    metrics.put(LatencyMetric.ITL, "ITL");
    metrics.put(LatencyMetric.E2E, "E2E");
    return metrics;
  }

  private static boolean has(Observed point, LatencyMetric metric) {
    Distribution distribution = point.distributions().get(metric.jsonName());
    return distribution != null && distribution.count() > 0;
  }

  /** How many values a curve has at most. */
  int mostValues() {
    return Math.clamp(ALL_VALUES / Math.max(1, METRICS.size() * points.size()), FEWEST_VALUES, MOST_VALUES);
  }

  /** By load, ascending; a chart for each metric. */
  Map<Double, List<Chart>> charts() {
    var byLevel = new TreeMap<Double, List<Observed>>();
    points.forEach(point -> byLevel.computeIfAbsent(point.point().level(), level -> new ArrayList<>()).add(point));
    var charts = new LinkedHashMap<Double, List<Chart>>();
    byLevel.forEach((level, together) -> charts.put(level, METRICS.keySet().stream()
        .filter(metric -> together.stream().anyMatch(point -> has(point, metric)))
        .map(metric -> chart(metric, level, together)).toList()));
    return charts;
  }

  private Chart chart(LatencyMetric metric, double level, List<Observed> together) {
    List<Observed> shown = together.stream().filter(point -> has(point, metric)).toList();
    List<Series> series = shown.stream().map(point -> series(metric, point)).toList();
    List<LegendKey> keys = shown.stream().map(point -> new LegendKey(label(point) + ", "
        + point.distributions().get(metric.jsonName()).count() + " values",
        inks.get(point.point().deployment()), pattern(point), Mark.NONE)).toList();
    return new Chart(metric.jsonName() + "-distribution-" + Numbers.exact(level) + unit.fileName(),
        METRICS.get(metric) + " at " + unit.of(level), METRICS.get(metric) + ", share of values up to it", Scale.SHARE,
        series, List.of(), keys, new Guides(objective(metric), Across.LOG_SECONDS, List.of()));
  }

  private List<Upright> objective(LatencyMetric metric) {
    return switch (metric) {
      case TTFT -> List.of(new Upright(objectives.ttft(), Ink.MUTED, Numbers.seconds(objectives.ttft())));
      case TPOT -> List.of(new Upright(objectives.tpot(), Ink.MUTED, Numbers.seconds(objectives.tpot())));
      default -> List.of();
    };
  }

  private Series series(LatencyMetric metric, Observed point) {
    Distribution distribution = point.distributions().get(metric.jsonName()).thinned(mostValues());
    return Series.unmarked(label(point), inks.get(point.point().deployment()), pattern(point),
        distribution.steps().stream().filter(step -> step.seconds() > 0 && step.share() >= FASTEST)
            .map(step -> new Sample(step.seconds(), step.share(), step.share(), step.share(), true, "")).toList());
  }

  private static String label(Observed point) {
    return point.point().deployment() + (point.point().repeat() > 1 ? " #" + point.point().repeat() : "");
  }

  /** Repeats of a deployment have its colour; without repeats deployments differ where no colours are, too. */
  private Pattern pattern(Observed point) {
    boolean repeats = points.stream().anyMatch(it -> it.point().repeat() > 1);
    int number = repeats
        ? point.point().repeat() - 1
        : List.copyOf(inks.keySet()).indexOf(point.point().deployment());
    return List.of(Pattern.SOLID, Pattern.DASHED, Pattern.DOTTED).get(number % 3);
  }
}
