package dev.attain.report;

import dev.attain.report.Chart.LegendKey;
import dev.attain.report.Chart.Level;
import dev.attain.report.Chart.Mark;
import dev.attain.report.Chart.Pattern;
import dev.attain.report.Chart.Sample;
import dev.attain.report.Chart.Scale;
import dev.attain.report.Chart.Series;
import dev.attain.report.Lanes.Lane;
import dev.attain.report.Lanes.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The points of one deployment one after the other on one axis of time: the load, the client's view, the engines'. */
final class RunTimeline {
  /** Of all points of a deployment together. */
  static final int STEPS = 240;
  /** As in the stages of the time to first token; the other side has the deployment's own colour. */
  private static final Map<String, Ink> SIDES = Map.of("decode", Ink.ORANGE);

  private final String deployment;
  private final Ink ink;
  private final double target;
  private final List<Stretch> stretches = new ArrayList<>();
  private final List<ClientCourse> clients = new ArrayList<>();
  private final List<EngineCourse> engines = new ArrayList<>();

  /** @param ink of the deployment in all charts */
  RunTimeline(String deployment, Ink ink, double target, List<Observed> points) {
    this.deployment = deployment;
    this.ink = ink;
    this.target = target;
    double step = step(points);
    double start = 0;
    for (Observed point : points) {
      clients.add(new ClientCourse(point, start, step));
      engines.add(new EngineCourse(point.server(), start, point.seconds(),
          Math.max(step, point.server().intervalSeconds())));
      stretches.add(new Stretch(start, start + point.seconds(), label(point)));
      start += point.seconds();
    }
  }

  private static String label(Observed point) {
    String level = LoadUnit.of(List.of(point.point())).of(point.point().level());
    return point.point().repeat() > 1 ? level + " #" + point.point().repeat() : level;
  }

  /** Length of a time step in seconds. */
  static double step(List<Observed> points) {
    return Math.max(1, points.stream().mapToDouble(Observed::seconds).sum() / STEPS);
  }

  Lanes lanes() {
    return new Lanes("timeline-" + deployment, deployment + ": the run over time",
        "seconds, one point after the other", stretches,
        List.of(load(), inFlight(), attainment(), requests(), kvUsage()));
  }

  private Lane load() {
    var series = new ArrayList<Series>();
    series.addAll(client("due", Pattern.DASHED, ClientCourse::due));
    var keys = new ArrayList<LegendKey>();
    if (!series.isEmpty()) {
      keys.add(key("due", Pattern.DASHED));
    }
    series.addAll(client("sent", Pattern.SOLID, ClientCourse::sent));
    series.addAll(client("completed", Pattern.DOTTED, ClientCourse::completed));
    keys.addAll(List.of(key("sent", Pattern.SOLID), key("completed", Pattern.DOTTED)));
    return new Lane("requests per second", Scale.COUNT, series, List.of(), keys, "not recorded");
  }

  private Lane inFlight() {
    return new Lane("requests in flight", Scale.COUNT, client("in flight", Pattern.SOLID, ClientCourse::inFlight),
        List.of(), List.of(), "not recorded");
  }

  private Lane attainment() {
    var series = new ArrayList<Series>();
    series.addAll(client("met both objectives", Pattern.SOLID, ClientCourse::attainment));
    series.addAll(client("so far", Pattern.DOTTED, ClientCourse::attainmentSoFar));
    return new Lane("attainment", Scale.SHARE, series,
        List.of(new Level(target, Numbers.plain(target * 100) + " %")),
        List.of(key("just ended", Pattern.SOLID), key("so far in the point", Pattern.DOTTED)), "no request ended");
  }

  private Lane requests() {
    var series = new ArrayList<Series>();
    for (String role : roles()) {
      series.addAll(engine(role, "running", Pattern.SOLID, course -> course.running(role)));
      series.addAll(engine(role, "waiting", Pattern.DOTTED, course -> course.waiting(role)));
    }
    List<LegendKey> keys = sides();
    keys.add(key("running", Pattern.SOLID));
    keys.add(key("waiting", Pattern.DOTTED));
    return new Lane("in the engines", Scale.COUNT, series, List.of(), keys, "the engines did not say");
  }

  private Lane kvUsage() {
    var series = new ArrayList<Series>();
    roles().forEach(role -> series.addAll(engine(role, "KV cache", Pattern.SOLID, course -> course.kvUsage(role))));
    return new Lane("KV cache in use", Scale.SHARE, series, List.of(), sides(), "the engines did not say");
  }

  private List<LegendKey> sides() {
    var keys = new ArrayList<LegendKey>();
    if (roles().size() > 1) {
      roles().forEach(role -> keys.add(new LegendKey(role, ink(role), Pattern.SOLID, Mark.NONE)));
    }
    return keys;
  }

  private List<String> roles() {
    return engines.stream().flatMap(course -> course.roles().stream()).distinct().toList();
  }

  private Ink ink(String role) {
    return SIDES.getOrDefault(role, ink);
  }

  private List<Series> client(String label, Pattern pattern, Function<ClientCourse, List<Sample>> figure) {
    return series(label, ink, pattern, clients.stream().map(figure).toList());
  }

  private List<Series> engine(String role, String label, Pattern pattern, Function<EngineCourse, List<Sample>> figure) {
    return series(roles().size() > 1 ? role + ", " + label : label, ink(role), pattern,
        engines.stream().map(figure).toList());
  }

  /** A line for each point, so that none leads from one point to the next. */
  private static List<Series> series(String label, Ink ink, Pattern pattern, List<List<Sample>> points) {
    return points.stream().filter(samples -> !samples.isEmpty())
        .map(samples -> Series.unmarked(label, ink, pattern, samples)).toList();
  }

  private static LegendKey key(String label, Pattern pattern) {
    return new LegendKey(label, Ink.MUTED, pattern, Mark.NONE);
  }
}
