package dev.attain.report;

import dev.attain.report.Block.Folded;
import dev.attain.report.Block.Rows;
import dev.attain.report.Block.Text;
import dev.attain.results.Bounds;
import dev.attain.results.Confidence;
import dev.attain.results.DeploymentFacts;
import dev.attain.results.LoopKind;
import dev.attain.results.Manifest;
import dev.attain.results.PointSummary;
import dev.attain.results.SteadyFigures;
import dev.attain.statistics.Overload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How much the requests prove, and what a reader must bear in mind because they do not prove more. */
final class Certainty {
  private Certainty() {}

  /** A section that a view may fold; none when no point tells. */
  static List<Block> blocks(List<PointSummary> summaries) {
    List<PointSummary> telling = summaries.stream().filter(point -> point.confidence().isPresent()).toList();
    return telling.isEmpty()
        ? List.of()
        : List.of(new Folded("How much the requests prove", List.of(new Text(
            "Requests that wait in the same queue resemble each other, so that they prove no more than a smaller number of "
                + "independent ones; the interval of the attainment rests on these. Intervals of percentiles are at 95 %, "
                + "from the ranks of the values. Warm-up is how many of the first requests MSER-5 would leave out; they "
                + "count in all figures. In flight is the mean of the first and the last third of the arrivals."),
            new Rows(table(telling)))));
  }

  private static Table table(List<PointSummary> points) {
    var table = Table.titled("point", "#planned", "#independent", "#TTFT p50", "#TTFT p90", "#TTFT p99", "#TPOT p50",
        "#TPOT p90", "#TPOT p99", "#warm-up", "trend of TTFT", "#in flight");
    for (PointSummary point : points) {
      Confidence it = point.confidence().orElseThrow();
      table.row(point.point(), point.planned(), Math.round(it.independentRequests()), interval(it.ttft(), "p50"),
          interval(it.ttft(), "p90"), interval(it.ttft(), "p99"), interval(it.tpot(), "p50"),
          interval(it.tpot(), "p90"),
          interval(it.tpot(), "p99"),
          told(it.steadyState(), steady -> steady.settled() ? String.valueOf(steady.warmUpRequests()) : "not settled"),
          it.steadyState().map(Certainty::trend).orElse(Table.cell("-")),
          it.overload().map(Certainty::inFlight).orElse(Table.cell("-")));
    }
    return table.build();
  }

  private static Table.Cell trend(SteadyFigures steady) {
    return Table.limited(steady.trend(), steady.trend().equals("none"));
  }

  private static Table.Cell inFlight(Overload overload) {
    return Table.limited(Numbers.plain(overload.inFlightFirst()) + " to " + Numbers.plain(overload.inFlightLast()),
        !overload.overloaded());
  }

  private static String interval(Map<String, Bounds> percentiles, String name) {
    Bounds bounds = percentiles.get(name);
    return bounds.low().isEmpty() && bounds.high().isEmpty()
        ? "-"
        : told(bounds.low(), Numbers::seconds) + " to " + bounds.high().map(Numbers::seconds).orElse("beyond");
  }

  private static <T> String told(Optional<T> figure, Function<T, String> text) {
    return figure.map(text).orElse("-");
  }

  /** A sentence for all points that were short, and one for each deployment whose TTFT did not settle. */
  static List<String> warnings(Manifest manifest, List<PointSummary> points) {
    var warnings = new ArrayList<String>();
    LoadUnit unit = LoadUnit.of(points);
    tooShort(manifest, points).ifPresent(warnings::add);
    for (DeploymentFacts deployment : manifest.deployments()) {
      List<Double> unsteady = points.stream().filter(point -> point.deployment().equals(deployment.name()))
          .filter(Certainty::unsteady).map(PointSummary::level).distinct().toList();
      if (!unsteady.isEmpty()) {
        warnings.add(deployment.name() + ": TTFT had not settled when the points at " + unit.of(unsteady.stream())
            + " ended; longer ones may show other figures.");
      }
    }
    return List.copyOf(warnings);
  }

  private static Optional<String> tooShort(Manifest manifest, List<PointSummary> points) {
    Map<String, Integer> sharing = manifest.deployments().stream()
        .collect(Collectors.toMap(DeploymentFacts::name, DeploymentFacts::sharing));
    long[] shorter = points.stream().filter(point -> point.loop() == LoopKind.OPEN)
        .mapToLong(point -> point.planned() / sharing.get(point.deployment()))
        .filter(requests -> requests < Confidence.REQUESTS_PER_INSTANCE).sorted().toArray();
    return shorter.length == 0
        ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT,
            "%d of %d points had fewer than %,d requests for each instance (%d to %d): queues had little time to build, and "
                + "longer points may show a lower highest rate.",
            shorter.length, points.size(), Confidence.REQUESTS_PER_INSTANCE, shorter[0], shorter[shorter.length - 1]));
  }

  /** Overload is said elsewhere, and explains a TTFT that rises. */
  private static boolean unsteady(PointSummary point) {
    return point.confidence().filter(it -> !it.overloaded()).flatMap(Confidence::steadyState)
        .filter(steady -> !steady.steady()).isPresent();
  }
}
