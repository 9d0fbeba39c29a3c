package dev.attain.report;

import dev.attain.measurement.Attainment;
import dev.attain.measurement.Percentiles;
import dev.attain.report.Chart.LegendKey;
import dev.attain.report.Chart.Level;
import dev.attain.report.Chart.Mark;
import dev.attain.report.Chart.Pattern;
import dev.attain.report.Chart.Sample;
import dev.attain.report.Chart.Scale;
import dev.attain.report.Chart.Series;
import dev.attain.results.Manifest;
import dev.attain.results.PointSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The charts of a bundle: attainment and latencies over the load, all deployments in each. */
final class Charts {
  private final Manifest manifest;
  private final LoadUnit unit;
  private final Map<String, Ink> inks;
  private final Map<String, List<RateResult>> results;

  /** @param results by deployment, in the manifest's order */
  Charts(Manifest manifest, Map<String, List<RateResult>> results) {
    this.manifest = manifest;
    this.unit = LoadUnit.of(manifest);
    this.inks = Palette.of(manifest.deployments());
    this.results = results;
  }

  /** Solid for both objectives, dotted for TTFT only, dashed for TPOT only, as in DistServe's figures. */
  Chart attainment() {
    var series = new ArrayList<Series>();
    results.forEach((deployment, rates) -> {
      Ink ink = inks.get(deployment);
      series.add(shares(deployment + ", TTFT only", ink, Pattern.DOTTED, rates, Attainment::ttft));
      series.add(shares(deployment + ", TPOT only", ink, Pattern.DASHED, rates, Attainment::tpot));
      series.add(both(deployment, ink, rates));
    });
    double target = manifest.objectives().target();
    return new Chart("attainment-over-" + unit.name, "SLO attainment over " + unit.words, unit.axis, Scale.SHARE,
        series,
        List.of(new Level(target, Numbers.plain(target * 100) + " %")),
        keys(new LegendKey("both objectives", Ink.MUTED, Pattern.SOLID, Mark.NONE),
            new LegendKey("TTFT only", Ink.MUTED, Pattern.DOTTED, Mark.NONE),
            new LegendKey("TPOT only", Ink.MUTED, Pattern.DASHED, Mark.NONE)));
  }

  Chart ttft() {
    return latency("ttft-over-" + unit.name, "TTFT over " + unit.words, PointSummary::ttft,
        manifest.objectives().ttft());
  }

  Chart tpot() {
    return latency("tpot-over-" + unit.name, "TPOT over " + unit.words, PointSummary::tpot,
        manifest.objectives().tpot());
  }

  /**
   * Mean end-to-end latency for each output token, as the evaluation of PagedAttention has it (Kwon et al., SOSP 2023),
   * with the slowest requests beside it.
   */
  Chart normalizedLatency() {
    var series = new ArrayList<Series>();
    results.forEach((deployment, rates) -> {
      Ink ink = inks.get(deployment);
      series.add(figure(deployment + ", mean", ink, Pattern.SOLID, rates, PointSummary::normalizedLatency,
          Percentiles::mean, Numbers::seconds));
      series.add(figure(deployment + ", p99", ink, Pattern.DASHED, rates, PointSummary::normalizedLatency,
          Percentiles::p99, Numbers::seconds));
    });
    return new Chart("normalised-latency-over-" + unit.name, "Normalised latency (s/token) over " + unit.words,
        unit.axis, Scale.LOG_SECONDS, series, List.of(),
        keys(new LegendKey("mean", Ink.MUTED, Pattern.SOLID, Mark.NONE),
            new LegendKey("p99", Ink.MUTED, Pattern.DASHED, Mark.NONE)));
  }

  /** Output tokens per second, of completed requests. */
  Chart outputThroughput() {
    var series = new ArrayList<Series>();
    results.forEach((deployment, rates) -> series.add(new Series(deployment, inks.get(deployment), Pattern.SOLID,
        rates.stream().flatMap(result -> result.points().stream()
            .map(point -> sample(deployment, result, point.throughput().outputTokens(),
                tokens -> Numbers.plain(tokens) + " tokens/s")))
            .toList(),
        mark(inks.get(deployment)))));
    return new Chart("output-throughput-over-" + unit.name, "Output throughput (tokens/s) over " + unit.words,
        unit.axis, Scale.COUNT, series, List.of(), keys());
  }

  private Sample sample(String label, RateResult result, double value, DoubleFunction<String> words) {
    return new Sample(result.level(), value, value, value, result.valid(),
        label + " at " + unit.of(result.level()) + ": " + words.apply(value));
  }

  private Chart latency(String name, String title, Function<PointSummary, Percentiles> metric, double objective) {
    var series = new ArrayList<Series>();
    results.forEach((deployment, rates) -> {
      Ink ink = inks.get(deployment);
      series.add(figure(deployment + ", p50", ink, Pattern.SOLID, rates, metric, Percentiles::p50, Numbers::seconds));
      series.add(figure(deployment + ", p90", ink, Pattern.DOTTED, rates, metric, Percentiles::p90, Numbers::seconds));
      series.add(figure(deployment + ", p99", ink, Pattern.DASHED, rates, metric, Percentiles::p99, Numbers::seconds));
    });
    return new Chart(name, title, unit.axis, Scale.LOG_SECONDS, series,
        List.of(new Level(objective, "objective " + Numbers.seconds(objective))),
        keys(new LegendKey("p50", Ink.MUTED, Pattern.SOLID, Mark.NONE),
            new LegendKey("p90", Ink.MUTED, Pattern.DOTTED, Mark.NONE),
            new LegendKey("p99", Ink.MUTED, Pattern.DASHED, Mark.NONE)));
  }

  /** Neighbours differ where no colours are, too. */
  private Mark mark(Ink deployment) {
    return List.copyOf(inks.values()).indexOf(deployment) % 2 == 0 ? Mark.FILLED : Mark.OPEN;
  }

  private List<LegendKey> keys(LegendKey... patterns) {
    var keys = new ArrayList<>(List.of(patterns));
    results.keySet()
        .forEach(name -> keys.add(new LegendKey(name, inks.get(name), Pattern.SOLID, mark(inks.get(name)))));
    if (results.values().stream().flatMap(List::stream).anyMatch(result -> !result.valid())) {
      keys.add(new LegendKey("invalid", Ink.MUTED, Pattern.SOLID, Mark.HOLLOW));
    }
    return keys;
  }

  private Series both(String deployment, Ink ink, List<RateResult> rates) {
    return new Series(deployment, ink, Pattern.SOLID, rates.stream().map(result -> {
      Attainment attainment = result.attainment();
      return new Sample(result.level(), attainment.both(), attainment.low(), attainment.high(), result.valid(),
          deployment + " at " + unit.of(result.level()) + ": " + Numbers.percent(attainment.both()) + " "
              + Numbers.interval(attainment.low(), attainment.high()) + ", " + result.verdict());
    }).toList(), mark(ink));
  }

  private Series shares(String label, Ink ink, Pattern pattern, List<RateResult> rates,
      ToDoubleFunction<Attainment> share) {
    return new Series(label, ink, pattern, rates.stream().map(result -> {
      double value = share.applyAsDouble(result.attainment());
      return new Sample(result.level(), value, value, value, result.valid(),
          label + " at " + unit.of(result.level()) + ": " + Numbers.percent(value));
    }).toList(), mark(ink));
  }

  /** Figures of repeats are shown one by one: they cannot be pooled from summaries. */
  private Series figure(String label, Ink ink, Pattern pattern, List<RateResult> rates,
      Function<PointSummary, Percentiles> metric, ToDoubleFunction<Percentiles> which, DoubleFunction<String> words) {
    return new Series(label, ink, pattern,
        rates.stream().flatMap(result -> result.points().stream()
            .filter(point -> metric.apply(point).count() > 0)
            .map(point -> sample(label, result, which.applyAsDouble(metric.apply(point)), words))).toList(),
        mark(ink));
  }
}
