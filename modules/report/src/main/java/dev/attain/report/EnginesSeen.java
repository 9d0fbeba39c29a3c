package dev.attain.report;

import dev.attain.measurement.Percentiles;
import dev.attain.results.Bundle;
import dev.attain.results.GpuLoad;
import dev.attain.results.InstanceLoad;
import dev.attain.results.PointSummary;
import dev.attain.results.ServerStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** The section of the report about what the engines and their GPUs said of themselves; empty when nobody looked. */
final class EnginesSeen {
  private static final String NOT_OFFERED = "-";
  private static final Map<String, String> STAGES = Map.of("queueTime", "queue", "prefillTime", "prefill",
      "decodeTime", "decode", "ttft", "TTFT", "itl", "ITL", "e2e", "E2E");

  private final List<PointSummary> points;

  private EnginesSeen(Bundle bundle) {
    this.points = bundle.summaries().stream()
        .filter(point -> !point.server().instances().isEmpty() || !point.server().gpus().isEmpty()).toList();
  }

  static List<Block> section(Bundle bundle) {
    EnginesSeen section = new EnginesSeen(bundle);
    return section.points.isEmpty() ? List.of() : section.blocks();
  }

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading("What the engines saw"));
    blocks
        .add(new Block.Text("By their own metrics, over the measured time: requests in the batch (running) and before "
            + "it (waiting), the share of the KV cache in use, and how often a request had to leave the batch for lack of it "
            + "(preemptions). " + NOT_OFFERED + " is what an engine does not offer."));
    blocks.add(new Block.Rows(loads()));
    Table stages = stages();
    if (!stages.rows().isEmpty()) {
      blocks.add(new Block.Folded("Times by the client's clock and by the engines' own", List.of(
          new Block.Text(
              "The engines' percentiles are interpolated within buckets, often wide ones, and tell orders of "
                  + "magnitude; their means are exact. The client's times also hold the way to the engine and back."),
          new Block.Rows(stages))));
    }
    return blocks;
  }

  private Table loads() {
    boolean gpus = points.stream().anyMatch(point -> !point.server().gpus().isEmpty());
    List<String> titles = new ArrayList<>(List.of("point", "instance", "#running mean", "#running max", "#waiting max",
        "#KV usage max", "#preemptions", "#tokens per step"));
    if (gpus) {
      titles.addAll(List.of("#peak GPU memory", "#GPU utilisation mean", "#GPU power mean"));
    }
    Table.Builder table = Table.titled(titles.toArray(String[]::new));
    for (PointSummary point : points) {
      for (InstanceLoad load : point.server().instances()) {
        List<Object> row = new ArrayList<>(List.of(point.point(), load.instance(), plain(load.runningMean()),
            plain(load.runningMax()), plain(load.waitingMax()), shown(load.kvUsageMax(), Numbers::percent),
            new Table.Cell(plain(load.preemptions()), load.preemptions().orElse(0) > 0 ? Tone.OPEN : Tone.PLAIN),
            plain(load.stepTokensMean())));
        if (gpus) {
          row.addAll(gpuCells(point.server().gpus().stream().filter(gpu -> runs(gpu, load.instance())).toList()));
        }
        table.row(row.toArray());
      }
    }
    return table.build();
  }

  private static boolean runs(GpuLoad gpu, String instance) {
    return List.of(gpu.instance().split(", ", -1)).contains(instance);
  }

  /** The fullest GPU of an instance, their mean utilisation, and the power of all together. */
  private static List<Object> gpuCells(List<GpuLoad> gpus) {
    return List.of(
        shown(values(gpus, GpuLoad::memoryMaxMebibytes).max(), mebibytes -> Numbers.size(mebibytes * (1 << 20))),
        shown(values(gpus, GpuLoad::utilisationMean).average(), Numbers::percent),
        values(gpus, GpuLoad::powerMeanWatts).count() == 0
            ? NOT_OFFERED
            : Numbers.plain(values(gpus, GpuLoad::powerMeanWatts).sum()) + " W");
  }

  private static DoubleStream values(List<GpuLoad> gpus, Function<GpuLoad, OptionalDouble> figure) {
    return gpus.stream().map(figure).flatMapToDouble(OptionalDouble::stream);
  }

  private Table stages() {
    Table.Builder table = Table.titled("point", "by", "time", "#mean", "#p50", "#p90", "#p99");
    for (PointSummary point : points) {
      if (point.server().stages().isEmpty()) {
        continue;
      }
      client(table, point, "TTFT from the send", point.serviceTtft());
      point.stages().forEach((name, stage) -> table.row(point.point(), "client", FirstTokenStages.words(name),
          Numbers.seconds(stage.mean()), Numbers.seconds(stage.p50()), Numbers.seconds(stage.p90()),
          Numbers.seconds(stage.p99())));
      client(table, point, "ITL", point.itl());
      client(table, point, "E2E", point.e2e());
      point.server().stages().forEach((role, stages) -> stages.forEach((name, stage) -> table.row(point.point(), role,
          STAGES.getOrDefault(name, name), Numbers.seconds(stage.mean()), coarse(stage, stage.p50()),
          coarse(stage, stage.p90()), coarse(stage, stage.p99()))));
    }
    return table.build();
  }

  private static void client(Table.Builder table, PointSummary point, String name, Percentiles times) {
    table.row(point.point(), "client", name, Numbers.seconds(times.mean()), Numbers.seconds(times.p50()),
        Numbers.seconds(times.p90()), Numbers.seconds(times.p99()));
  }

  private static String coarse(ServerStage stage, double quantile) {
    return stage.count() > 0 ? "~ " + Numbers.seconds(quantile) : NOT_OFFERED;
  }

  private static String plain(OptionalDouble value) {
    return shown(value, Numbers::plain);
  }

  private static String shown(OptionalDouble value, DoubleFunction<String> words) {
    return value.isPresent() ? words.apply(value.getAsDouble()) : NOT_OFFERED;
  }
}
