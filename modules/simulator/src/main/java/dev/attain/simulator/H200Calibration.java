package dev.attain.simulator;

import dev.attain.simulator.Calibration.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** This project's measurement of vLLM 0.26 on two H200, point by point. */
final class H200Calibration {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int SOLO_REQUESTS = 5;
  private static final int CLOSED_ROUNDS = 10;

  private final List<String> flags;

  /** @param moreFlags of every engine, after those that the measurement had */
  H200Calibration(List<String> moreFlags) {
    this.flags = Stream.concat(Stream.of("llama-3.1-8b", "--sim-gpu", "h200", "--sim-vllm", "0.26", "--max-model-len",
        "16384", "--gpu-memory-utilization", "0.8", "--max-num-seqs", "256"), moreFlags.stream()).toList();
  }

  List<Comparison> comparisons() throws SimulatorException {
    Map<String, List<CsvTable.Row>> sent = CsvTable.read("vllm-0.26-h200-open-requests.csv").rows().stream()
        .collect(Collectors.groupingBy(row -> row.text("point")));
    List<Comparison> all = new ArrayList<>();
    for (CsvTable.Row point : CsvTable.read("vllm-0.26-h200-points.csv").rows()) {
      switch (point.text("kind")) {
        case "solo" -> solo(point, all);
        case "gang" -> gang(point, all);
        case "closed" -> closed(point, all);
        case "open" -> open(point, sent.get(point.text("point")), all);
        default -> throw new IllegalStateException("unknown kind of point: " + point.text("kind"));
      }
    }
    return all;
  }

  private void solo(CsvTable.Row point, List<Comparison> all) throws SimulatorException {
    List<VirtualOutcome> outcomes = deployment(point).serveClosed(1, same(point, SOLO_REQUESTS));
    add(all, "solo TTFT" + arrangement(point), Limit.each(.15), point, "ttft_p50_ms",
        median(outcomes, VirtualOutcome::ttftNanos));
    if (isPair(point)) {
      add(all, "solo decode leg to first token", Limit.each(.30), point, "decode_first_p50_ms",
          median(outcomes, each -> each.firstTokenNanos() - each.prefillEndNanos()));
    } else {
      add(all, "solo TPOT" + arrangement(point), Limit.each(.10), point, "tpot_p50_ms",
          median(outcomes, VirtualOutcome::tpotNanos));
    }
  }

  /** The second half of the output is decoded by the whole batch, so the gaps there are steps of it. */
  private void gang(CsvTable.Row point, List<Comparison> all) throws SimulatorException {
    int batch = point.integer("users_or_batch");
    if (isPair(point)) {
      return;
    }
    int contextTokens = point.integer("in_tokens") + point.integer("out_tokens") * 3 / 4;
    StepShape shape = new StepShape();
    for (int row = 0; row < batch; row++) {
      shape.addDecode(contextTokens);
    }
    StepCost cost = SimulatorOptions.parse(engine(point), Map.of()).engine().stepCost();
    add(all, "decode step by batch" + arrangement(point), Limit.each(.10), point, "step_p50_ms",
        (double) cost.nanos(shape));
    List<VirtualOutcome> outcomes = deployment(point).serve(same(point, batch));
    if (batch > 1) {
      add(all, "burst mean TTFT" + arrangement(point), Limit.each(.35), point, "ttft_mean_ms",
          outcomes.stream().mapToLong(VirtualOutcome::ttftNanos).average().orElseThrow());
    }
  }

  private void closed(CsvTable.Row point, List<Comparison> all) throws SimulatorException {
    int users = point.integer("users_or_batch");
    List<VirtualOutcome> outcomes = deployment(point).serveClosed(users, same(point, users * CLOSED_ROUNDS));
    add(all, "closed loop TPOT", Optional.empty(), point, "tpot_mean_ms",
        outcomes.stream().mapToDouble(VirtualOutcome::tpotNanos).average().orElseThrow());
  }

  private void open(CsvTable.Row point, List<CsvTable.Row> sent, List<Comparison> all) throws SimulatorException {
    List<VirtualRequest> requests = sent.stream()
        .map(row -> new VirtualRequest(Math.round(row.number("sent_s") * NANOS_PER_SECOND), row.integer("in_tokens"),
            row.integer("out_tokens")))
        .toList();
    List<VirtualOutcome> outcomes = deployment(point).serve(requests);
    List<VirtualOutcome> counted = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (sent.get(i).text("warmup").equals("0")) {
        counted.add(outcomes.get(i));
      }
    }
    add(all, "open loop TTFT p50", Limit.each(.20), point, "ttft_p50_ms",
        median(counted, VirtualOutcome::ttftNanos));
    add(all, "open loop TTFT p99", Limit.each(.35), point, "ttft_p99_ms",
        quantile(counted, .99, VirtualOutcome::ttftNanos));
    add(all, "open loop TPOT p50", Limit.each(.10), point, "tpot_p50_ms",
        median(counted, VirtualOutcome::tpotNanos));
    add(all, "open loop TPOT p99", Limit.each(.35), point, "tpot_p99_ms",
        quantile(counted, .99, VirtualOutcome::tpotNanos));
  }

  private VirtualDeployment deployment(CsvTable.Row point) throws SimulatorException {
    if (isPair(point)) {
      return VirtualDeployment.disaggregated(flags, 1, flags, 1);
    }
    return VirtualDeployment.colocated(engine(point), point.text("point").startsWith("colo2-") ? 2 : 1);
  }

  private List<String> engine(CsvTable.Row point) {
    return isTwoGpus(point) ? Stream.concat(flags.stream(), Stream.of("--tensor-parallel-size", "2")).toList() : flags;
  }

  private static boolean isPair(CsvTable.Row point) {
    return point.text("point").startsWith("pd-");
  }

  private static boolean isTwoGpus(CsvTable.Row point) {
    return point.text("point").startsWith("tp2-");
  }

  private static String arrangement(CsvTable.Row point) {
    return isPair(point) ? ", prefill + decode" : isTwoGpus(point) ? ", TP 2" : ", one GPU";
  }

  private static List<VirtualRequest> same(CsvTable.Row point, int count) {
    VirtualRequest request = new VirtualRequest(0, point.integer("in_tokens"), point.integer("out_tokens"));
    return Stream.generate(() -> request).limit(count).toList();
  }

  private static double median(List<VirtualOutcome> outcomes, ToDoubleFunction<VirtualOutcome> figure) {
    return quantile(outcomes, .5, figure);
  }

  /** Interpolates between the closest ranks, as the measurement did. */
  private static double quantile(List<VirtualOutcome> outcomes, double share, ToDoubleFunction<VirtualOutcome> figure) {
    double[] sorted = outcomes.stream().mapToDouble(figure).sorted().toArray();
    double rank = share * (sorted.length - 1);
    int below = (int) rank;
    double above = sorted[Math.min(below + 1, sorted.length - 1)];
    return sorted[below] + (rank - below) * (above - sorted[below]);
  }

  private static void add(List<Comparison> all, String group, Optional<Limit> limit, CsvTable.Row point, String column,
      double nanos) {
    all.add(new Comparison("H200 " + group, limit, point.text("point"), point.number(column), nanos / NANOS_PER_MILLI));
  }
}
