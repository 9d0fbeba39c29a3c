package dev.attain.simulator;

import dev.attain.simulator.Calibration.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The closed loops that others measured with vLLM 0.12 on H100: time per output token, by model and GPUs. */
final class H100Calibration {

  /** Enough rounds for the users' phases to spread, as in a measurement of some minutes. */
  private static final int REQUESTS_PER_USER = 6;

  private static final double NANOS_PER_MILLI = 1e6;

  private final List<String> moreFlags;

  /** @param moreFlags of every engine, after those that the measurement had */
  H100Calibration(List<String> moreFlags) {
    this.moreFlags = List.copyOf(moreFlags);
  }

  /** One row of the measurement with what the simulator makes of it. */
  record ClosedLoop(String group, Optional<Limit> limit, int inputTokens, int outputTokens, int concurrency,
      double ttftMillis,
      double tpotMillis, double simulatedTtftMillis, double simulatedTpotMillis) {

    /** All but the concurrency, along which a knee is looked for. */
    String series() {
      return group + " " + inputTokens + "/" + outputTokens;
    }
  }

  List<ClosedLoop> closedLoops() throws SimulatorException {
    List<ClosedLoop> loops = new ArrayList<>();
    for (CsvTable.Row row : CsvTable.read("vllm-0.12-h100.csv").rows()) {
      loops.add(closedLoop(row));
    }
    return loops;
  }

  List<Comparison> comparisons() throws SimulatorException {
    return closedLoops().stream().map(loop -> new Comparison(loop.group(), loop.limit(),
        loop.inputTokens() + "/" + loop.outputTokens() + " x " + loop.concurrency(), loop.tpotMillis(),
        loop.simulatedTpotMillis())).toList();
  }

  private ClosedLoop closedLoop(CsvTable.Row row) throws SimulatorException {
    boolean fp8 = row.text("precision").equals("fp8");
    String model = row.text("model");
    int concurrency = row.integer("concurrency");
    List<String> flags = Stream.of(List.of(model, "--sim-gpu", "h100", "--sim-vllm", "0.12",
        "--tensor-parallel-size", row.text("tensor_parallel_size")),
        fp8 ? List.of("--quantization", "fp8") : List.<String>of(), moreFlags).flatMap(List::stream).toList();
    VirtualRequest request = new VirtualRequest(0, row.integer("input_tokens"), row.integer("output_tokens"));
    List<VirtualOutcome> outcomes = VirtualDeployment.colocated(flags, 1).serveClosed(concurrency,
        Stream.generate(() -> request).limit((long) REQUESTS_PER_USER * concurrency).toList());
    String group = "H100 " + model.substring(model.indexOf('/') + 1) + (fp8 ? " fp8" : "") + " TP "
        + row.text("tensor_parallel_size") + ", closed loop TPOT";
    // The two 8-bit rows of Qwen3-32B do not fit; which precision their KV had is not known.
    Optional<Limit> limit = fp8 && model.endsWith("Qwen3-32B") ? Optional.empty() : Limit.means(.08, .05);
    return new ClosedLoop(group, limit, request.promptTokens(), request.outputTokens(), concurrency,
        row.number("ttft_ms"),
        row.number("tpot_ms"),
        outcomes.stream().mapToLong(VirtualOutcome::ttftNanos).average().orElseThrow() / NANOS_PER_MILLI,
        outcomes.stream().mapToDouble(VirtualOutcome::tpotNanos).average().orElseThrow() / NANOS_PER_MILLI);
  }
}
