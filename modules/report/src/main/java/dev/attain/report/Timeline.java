package dev.attain.report;

import dev.attain.report.Chart.LegendKey;
import dev.attain.report.Chart.Mark;
import dev.attain.report.Chart.Pattern;
import dev.attain.report.Chart.Sample;
import dev.attain.report.Chart.Scale;
import dev.attain.report.Chart.Series;
import dev.attain.results.InstanceSamples;
import dev.attain.results.PointSummary;
import dev.attain.results.ServerMetricsFile;
import dev.attain.results.ServerSample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the engines of one deployment had to do over time, its points one after the other. A drawn value is the largest of
 * its time step, so that thinning hides no peak; steps are as long as makes {@value #STEPS} of them over all points.
 */
final class Timeline {
  private static final int STEPS = 240;
  /** What there is room for below the chart. */
  private static final int WIDEST_LOADS = 24;
  /** An instance that has not said anything for longer is not drawn. */
  private static final double STALE_STEPS = 2.5;
  /** As in the stages of the time to first token; the other side has the deployment's own colour. */
  private static final Map<String, Ink> SIDES = Map.of("decode", Ink.ORANGE);

  /** A point with what its engines saw. */
  record Seen(PointSummary point, ServerMetricsFile file) {}

  private final String deployment;
  private final Ink ink;
  private final List<Seen> points;
  private final double step;

  /** @param ink of the deployment in all charts */
  Timeline(String deployment, Ink ink, List<Seen> points) {
    this.deployment = deployment;
    this.ink = ink;
    this.points = List.copyOf(points);
    double seconds = points.stream().mapToDouble(seen -> seen.point().durationSeconds()).sum();
    double interval = points.stream().mapToDouble(seen -> seen.file().intervalSeconds()).max().orElse(1);
    this.step = Math.max(interval, seconds / STEPS);
  }

  /** How long a step is, in seconds. */
  double step() {
    return step;
  }

  /** Requests in the batch, and those that wait, all instances of a side together. */
  Chart requests() {
    List<Series> series = new ArrayList<>();
    for (String role : roles()) {
      series.addAll(series(role, "running", Pattern.SOLID, ServerSample::running, Double::sum));
      series.addAll(series(role, "waiting", Pattern.DOTTED, ServerSample::waiting, Double::sum));
    }
    List<LegendKey> keys = sides();
    keys.add(new LegendKey("running", Ink.MUTED, Pattern.SOLID, Mark.NONE));
    keys.add(new LegendKey("waiting", Ink.MUTED, Pattern.DOTTED, Mark.NONE));
    return new Chart("requests-over-time-" + deployment, deployment + ": requests in the engines", horizontal(),
        Scale.COUNT, series, List.of(), keys);
  }

  /** Share of the KV cache in use, of the fullest instance of a side. */
  Chart kvUsage() {
    List<Series> series = new ArrayList<>();
    roles().forEach(
        role -> series.addAll(series(role, "KV cache", Pattern.SOLID, ServerSample::kvUsage, Math::max)));
    return new Chart("kv-usage-over-time-" + deployment, deployment + ": KV cache in use", horizontal(), Scale.SHARE,
        series, List.of(), sides());
  }

  private List<LegendKey> sides() {
    return roles().stream().map(role -> new LegendKey(role, ink(role), Pattern.SOLID, Mark.NONE))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private List<String> roles() {
    return points.stream().flatMap(seen -> seen.file().instances().stream()).map(InstanceSamples::role).distinct()
        .toList();
  }

  private Ink ink(String role) {
    return SIDES.getOrDefault(role, ink);
  }

  private String horizontal() {
    String loads = LoadUnit.of(points.stream().map(Seen::point).toList())
        .of(points.stream().map(seen -> seen.point().level()));
    return loads.length() <= WIDEST_LOADS
        ? "seconds, one point after the other: " + loads
        : "seconds, " + points.size() + " points one after the other";
  }

  /** A line for each point, so that no line leads from one point to the next. */
  private List<Series> series(String role, String label, Pattern pattern,
      Function<ServerSample, OptionalDouble> figure, DoubleBinaryOperator together) {
    List<Series> series = new ArrayList<>();
    double start = 0;
    for (Seen seen : points) {
      List<Sample> samples = new ArrayList<>();
      for (double time = step; time <= seen.point().durationSeconds(); time += step) {
        double at = start + time;
        value(seen.file(), role, time, figure, together)
            .ifPresent(value -> samples.add(new Sample(at, value, value, value, true, "")));
      }
      if (!samples.isEmpty()) {
        series.add(Series.unmarked(role + ", " + label, ink(role), pattern, samples));
      }
      start += seen.point().durationSeconds();
    }
    return series;
  }

  /** Empty when an instance of the side has said nothing: a sum without it would be too small. */
  private OptionalDouble value(ServerMetricsFile file, String role, double time,
      Function<ServerSample, OptionalDouble> figure, DoubleBinaryOperator together) {
    List<OptionalDouble> values = file.instances().stream().filter(instance -> instance.role().equals(role))
        .map(instance -> atStep(instance, time, figure)).toList();
    return values.stream().allMatch(OptionalDouble::isPresent)
        ? values.stream().mapToDouble(OptionalDouble::getAsDouble).reduce(together)
        : OptionalDouble.empty();
  }

  private OptionalDouble atStep(InstanceSamples instance, double time,
      Function<ServerSample, OptionalDouble> figure) {
    OptionalDouble largest = instance.samples().stream()
        .filter(sample -> sample.t() > time - step && sample.t() <= time)
        .map(figure).flatMapToDouble(OptionalDouble::stream).max();
    return largest.isPresent()
        ? largest
        : instance.samples().stream()
            .filter(sample -> sample.t() > time - STALE_STEPS * step && sample.t() <= time)
            .map(figure).flatMapToDouble(OptionalDouble::stream).reduce((before, after) -> after);
  }

  /** The deployments that have anything to draw, in the order of their points. */
  static Map<String, List<Seen>> byDeployment(List<Seen> points) {
    return points.stream().filter(seen -> !seen.file().instances().isEmpty())
        .collect(Collectors.groupingBy(seen -> seen.point().deployment(), LinkedHashMap::new, Collectors.toList()));
  }
}
