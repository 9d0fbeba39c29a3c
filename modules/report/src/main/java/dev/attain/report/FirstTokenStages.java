package dev.attain.report;

import dev.attain.report.StackedBars.Bar;
import dev.attain.report.StackedBars.Fill;
import dev.attain.report.StackedBars.Look;
import dev.attain.report.StackedBars.Part;
import dev.attain.results.PointSummary;
import dev.attain.results.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The part of the report that says in which stage requests in two legs spend their time to first token. */
final class FirstTokenStages {
  private enum Kind {
    PREFILL_LEG("prefillLeg", "prefill leg", "prefill leg", Ink.BLUE, Fill.SOLID), HAND_OVER("handOver", "hand-over",
        "hand-over", Ink.TEXT,
        Fill.OPEN), DECODE_FIRST("decodeFirst", "decode to first token", "to first token", Ink.ORANGE, Fill.HATCHED);

    final String jsonName;
    final String words;
    /** Short enough for a third of a chart's width. */
    final String key;
    private final Ink ink;
    private final Fill fill;

    Kind(String jsonName, String words, String key, Ink ink, Fill fill) {
      this.jsonName = jsonName;
      this.words = words;
      this.key = key;
      this.ink = ink;
      this.fill = fill;
    }

    Look look() {
      return new Look(ink, fill);
    }
  }

  private FirstTokenStages() {}

  /** What a stage is called, by its name in files. */
  static String words(String jsonName) {
    return Arrays.stream(Kind.values()).filter(kind -> kind.jsonName.equals(jsonName)).map(kind -> kind.words)
        .findFirst().orElse(jsonName);
  }

  /**
   * The section; empty when no request went in two legs.
   *
   * @param results by deployment, in the manifest's order
   */
  static List<Block> blocks(Map<String, List<RateResult>> results, List<PointSummary> summaries) {
    List<PointSummary> staged = summaries.stream().filter(point -> !point.stages().isEmpty()).toList();
    if (staged.isEmpty()) {
      return List.of();
    }
    var bars = new ArrayList<StackedBars>();
    results.forEach((deployment, rates) -> {
      if (rates.stream().anyMatch(FirstTokenStages::hasStages)) {
        bars.add(bars(deployment, rates));
      }
    });
    return List.of(new Block.Heading("Where the time to first token goes"),
        new Block.Text(
            "Of completed requests in two legs, counted from the send: until the prefill leg is answered, until"
                + " the client has sent the decode leg, and until that has given its first token. Shares are parts of the"
                + " mean and add up to 100 %; percentiles of stages do not add up to those of the whole."),
        new Block.Rows(table(results.keySet().stream().flatMap(deployment -> staged.stream()
            .filter(point -> point.deployment().equals(deployment))).toList())),
        new Block.Charts(bars));
  }

  private static Table table(List<PointSummary> points) {
    boolean repeats = points.stream().anyMatch(point -> point.repeat() > 1);
    var table = Table.titled("deployment", "#" + LoadUnit.of(points).symbol(), "#prefill leg p50", "#p99", "#share",
        "#hand-over p50", "#p99",
        "#share", "#decode to first token p50", "#p99", "#share");
    for (PointSummary point : points) {
      var cells = new ArrayList<Object>(List.of(point.deployment(),
          Numbers.exact(point.level()) + (repeats ? " #" + point.repeat() : "")));
      for (Kind kind : Kind.values()) {
        Stage stage = point.stages().get(kind.jsonName);
        cells.addAll(stage == null
            ? List.of("-", "-", "-")
            : List.of(Numbers.seconds(stage.p50()), Numbers.seconds(stage.p99()), Numbers.percent(stage.share())));
      }
      table.row(cells.toArray());
    }
    return table.build();
  }

  private static boolean hasStages(RateResult result) {
    return result.points().stream().anyMatch(point -> !point.stages().isEmpty());
  }

  private static StackedBars bars(String deployment, List<RateResult> rates) {
    List<RateResult> staged = rates.stream().filter(FirstTokenStages::hasStages).toList();
    boolean invalid = staged.stream().anyMatch(result -> !result.valid());
    var keys = new ArrayList<StackedBars.Key>();
    for (Kind kind : Kind.values()) {
      keys.add(new StackedBars.Key(kind.key, kind.look()));
    }
    return new StackedBars("ttft-stages-" + deployment, "Mean service TTFT by stage, " + deployment,
        LoadUnit.of(rates.getFirst().points()).axis + (invalid ? ", * invalid" : ""),
        staged.stream().map(FirstTokenStages::bar).toList(), keys);
  }

  private static Bar bar(RateResult result) {
    var parts = new ArrayList<Part>();
    for (Kind kind : Kind.values()) {
      double seconds = mean(result, kind);
      parts.add(new Part(seconds, kind.look(),
          kind.words + " at " + LoadUnit.of(result.points()).of(result.level()) + ": " + Numbers.seconds(seconds)
              + " on average"));
    }
    return new Bar(Numbers.exact(result.level()) + (result.valid() ? "" : "*"), parts);
  }

  /** Over all requests of all repeats: means, unlike percentiles, can be pooled. */
  private static double mean(RateResult result, Kind kind) {
    List<Stage> stages = result.points().stream().filter(point -> point.stages().containsKey(kind.jsonName))
        .map(point -> point.stages().get(kind.jsonName)).toList();
    long count = stages.stream().mapToLong(Stage::count).sum();
    return stages.stream().mapToDouble(stage -> stage.mean() * stage.count()).sum() / Math.max(1, count);
  }
}
