package dev.attain.report;

import dev.attain.results.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The sections about distributions and about the course of the run. */
final class ObservedBlocks {
  private final Manifest manifest;
  private final List<Observed> points;
  private final Map<String, Ink> inks;

  ObservedBlocks(Manifest manifest, List<Observed> points) {
    this.manifest = manifest;
    this.points = points;
    this.inks = Palette.of(manifest.deployments());
  }

  /**
   * Empty when no point has distributions.
   *
   * @param telling the load whose distributions a view should show first
   */
  List<Block> distributions(OptionalDouble telling) {
    var curves = new LatencyCurves(inks, manifest.objectives(), points);
    Map<Double, List<Chart>> charts = curves.charts();
    if (charts.isEmpty()) {
      return List.of();
    }
    double shown = telling.orElseGet(() -> charts.keySet().iterator().next());
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Heading("Latency distributions"));
    blocks.add(new Block.Text("Which share of the values is not above a latency, from the merged histograms of all load"
        + " nodes (histograms.hlog). TTFT, TPOT and E2E are those of completed requests, so that what failed is in no"
        + " curve; ITL has every gap between token events. A curve has at most " + curves.mostValues()
        + " of the values that its histogram tells apart, a quarter of them in the slowest tenth, and the last one is the"
        + " maximum; the fastest half per cent is not drawn. Vertical lines are objectives."));
    LoadUnit unit = LoadUnit.of(manifest);
    charts.forEach((level, together) -> blocks.add(new Block.Folded("At " + unit.of(level),
        List.of(new Block.Charts(together)), level == shown)));
    return blocks;
  }

  /** Requests in the batches over time, if any engine said how many. */
  Optional<Chart> batchedRequests() {
    return BatchedRequests.chart(inks, points);
  }

  /** Empty when there is no point. */
  List<Block> timeline() {
    if (points.isEmpty()) {
      return List.of();
    }
    var byDeployment = points.stream().collect(
        Collectors.groupingBy(point -> point.point().deployment(), LinkedHashMap::new, Collectors.toList()));
    double step = byDeployment.values().stream().mapToDouble(RunTimeline::step).max().orElse(1);
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Heading("The run over time"));
    blocks.add(new Block.Text("Each step is " + (step > 1 ? "up to " + Numbers.seconds(step) : "1 s")
        + ". Rates and shares are of everything within a step, requests in flight and in the engines the most within it."
        + " Due is what the schedule asked for. Requests are counted by their own records, or where those are missing by"
        + " the timeline, in which everything is up to a second late. Engines are asked for their metrics during the points; all instances of"
        + " a side count together, the KV cache is that of the fullest of them."));
    points.stream().flatMap(point -> point.problems().stream()).distinct()
        .forEach(problem -> blocks.add(new Block.Notice(problem)));
    blocks.add(new Block.Charts(byDeployment.entrySet().stream().map(it -> new RunTimeline(it.getKey(),
        inks.get(it.getKey()), manifest.objectives().target(), it.getValue()).lanes()).toList()));
    return blocks;
  }
}
