package dev.attain.simulator;

import dev.attain.simulator.CostCoefficients.AllReduce;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Everything the engine core is built from.
 *
 * @param contextTokens
 *          longest prompt plus output that is accepted
 */
record EngineSetup(ModelShape model, GpuShape gpu, int tensorParallel, int contextTokens, EngineLimits limits,
    StepCost stepCost, TransferCost transferCost) {

  private static final int MOST = 1_000_000_000;
  private static final double MICROS_PER_SECOND = 1e6;
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final double GIGA = 1e9;

  /** Reads the flags of the engine. */
  static EngineSetup from(FlagValues flags, Duration lease) throws SimulatorException {
    ModelShape model = model(flags);
    GpuShape gpu = gpu(flags);
    int tensorParallel = tensorParallel(flags, model);
    int contextTokens = flags.integer("--max-model-len", model.contextTokens(), 2, MOST);
    EngineVersion version = EngineVersion.from(flags);
    EngineLimits limits = limits(flags, model, gpu, tensorParallel, version, lease);
    if (limits.kvTokens() < contextTokens) {
      throw new SimulatorException("the KV cache holds " + limits.kvTokens() + " tokens, fewer than a context of "
          + contextTokens + "; lower --max-model-len or raise --gpu-memory-utilization or --tensor-parallel-size");
    }
    StepCost computed = new RooflineCost(model, gpu, coefficients(flags, gpu, tensorParallel), host(flags, version),
        tensorParallel);
    return new EngineSetup(model, gpu, tensorParallel, contextTokens, limits, FittedCost.from(flags).orElse(computed),
        transferCost(flags, model, gpu, tensorParallel));
  }

  /** The same engine whose steps take other times. */
  EngineSetup withStepCost(StepCost other) {
    return new EngineSetup(model, gpu, tensorParallel, contextTokens, limits, other, transferCost);
  }

  EngineCore newCore() {
    return new EngineCore(limits, stepCost, transferCost);
  }

  private static ModelShape model(FlagValues flags) throws SimulatorException {
    String name = flags.text("--model").orElse("llama-3.1-8b");
    ModelShape model = Models.find(name)
        .orElseThrow(() -> new SimulatorException("unknown model \"" + name + "\"; the nearest known one is "
            + Nearest.of(name, Models.names()) + ", all are " + String.join(", ", Models.names())));
    return model.in(Precision.from(flags));
  }

  private static GpuShape gpu(FlagValues flags) throws SimulatorException {
    String name = flags.text("--sim-gpu").orElse("h100");
    return Gpus.find(name).orElseThrow(() -> new SimulatorException(
        "--sim-gpu: unknown GPU \"" + name + "\"; known are " + String.join(", ", Gpus.names())));
  }

  private static int tensorParallel(FlagValues flags, ModelShape model) throws SimulatorException {
    int size = flags.integer("--tensor-parallel-size", 1, 1, 64);
    if (model.queryHeads() % size != 0) {
      throw new SimulatorException("--tensor-parallel-size: the " + model.queryHeads() + " attention heads of "
          + model.name() + " cannot be divided by " + size);
    }
    return size;
  }

  private static EngineLimits limits(FlagValues flags, ModelShape model, GpuShape gpu, int tensorParallel,
      EngineVersion version, Duration lease) throws SimulatorException {
    int batchedTokens = flags.integer("--max-num-batched-tokens", gpu.large() ? 8192 : 2048, 1, MOST);
    int sequences = flags.integer("--max-num-seqs", Math.min(gpu.large() ? 1024 : 256, batchedTokens), 1, MOST);
    if (sequences > batchedTokens) {
      throw new SimulatorException("--max-num-seqs " + sequences + " is more than --max-num-batched-tokens "
          + batchedTokens + ": a step could not give every sequence a token");
    }
    int blockTokens = flags.integer("--block-size", 16, 1, 1024);
    long kvTokens = flags.has("--sim-kv-tokens")
        ? flags.integer("--sim-kv-tokens", 0, blockTokens, MOST)
        : kvTokens(flags, model, gpu, tensorParallel, version);
    int blocks = Math.toIntExact(Math.min(kvTokens, MOST) / blockTokens);
    int watermark = (int) (blocks * flags.number("--sim-watermark", 0.01, 0, 0.9));
    return new EngineLimits(sequences, batchedTokens, blocks, blockTokens, watermark, lease.toNanos(),
        !flags.has("--no-async-scheduling") && (version.schedulesAhead() || flags.has("--async-scheduling")));
  }

  /**
   * Tokens that fit beside the weights: (share * memory * TP - weights - reserved * TP) / bytes of a token. Keys and
   * values are copied where there are more GPUs than KV heads. Gives 444 k for Llama 3.1 8B on H100 at 0.9, and 779 k
   * on H200 at 0.8, where vLLM 0.26 reports 783 k.
   */
  private static long kvTokens(FlagValues flags, ModelShape model, GpuShape gpu, int tensorParallel,
      EngineVersion version) throws SimulatorException {
    double share = flags.number("--gpu-memory-utilization", version.memoryShare(), 0.01, 1);
    double reservedBytes = flags.number("--sim-reserved-gb", 3, 0, 1000) * GIGA;
    double weightBytes = model.weightBytes();
    double bytes = tensorParallel * (share * gpu.memoryBytes() - reservedBytes) - weightBytes;
    if (bytes <= 0) {
      throw new SimulatorException(String.format(Locale.ROOT,
          "the %.1f GB of weights of %s leave no room for a KV cache on %d x %s at --gpu-memory-utilization %s",
          weightBytes / GIGA, model.name(), tensorParallel, gpu.name(), share));
    }
    double copies = Math.max(1.0, (double) tensorParallel / model.kvHeads());
    return (long) (bytes / (model.kvBytesPerToken() * copies));
  }

  private static CostCoefficients coefficients(FlagValues flags, GpuShape gpu, int tensorParallel)
      throws SimulatorException {
    CostCoefficients usual = gpu.coefficients();
    AllReduce reduce = usual.allReduce(tensorParallel);
    AllReduce allReduce = new AllReduce(
        flags.number("--sim-all-reduce-us", reduce.latencySeconds() * MICROS_PER_SECOND, 0, 1e6) / MICROS_PER_SECOND,
        flags.number("--sim-all-reduce-gbps", reduce.bytesPerSecond() / GIGA, 1e-3, 1e6) * GIGA);
    return new CostCoefficients(flags.number("--sim-gemm-efficiency", usual.gemm(), 1e-3, 1),
        flags.number("--sim-weight-read-efficiency", usual.weightRead(), 1e-3, 1),
        flags.number("--sim-attention-efficiency", usual.attention(), 1e-3, 1),
        flags.number("--sim-kv-read-efficiency", usual.kvRead(), 1e-3, 1),
        flags.number("--sim-kv-layer-us", usual.kvLayerSeconds() * MICROS_PER_SECOND, 0, 1e6) / MICROS_PER_SECOND,
        List.of(allReduce, allReduce, allReduce));
  }

  private static HostCost host(FlagValues flags, EngineVersion version) throws SimulatorException {
    HostCost usual = version.host();
    return new HostCost(millis(flags, "--sim-host-ms", usual.stepSeconds()),
        flags.number("--sim-host-us-per-row", usual.rowSeconds() * MICROS_PER_SECOND, 0, 1e6) / MICROS_PER_SECOND,
        millis(flags, "--sim-prefill-host-ms", usual.prefillSeconds()));
  }

  private static TransferCost transferCost(FlagValues flags, ModelShape model, GpuShape gpu, int tensorParallel)
      throws SimulatorException {
    double usualBytesPerSecond = linkBytesPerSecond(flags, gpu) * TransferCost.LINK_EFFICIENCY;
    double bytesPerSecond = flags.number("--sim-link-gbps", usualBytesPerSecond / GIGA, 1e-3, 1e6) * GIGA;
    double perDescriptor = flags.number("--sim-transfer-us-per-descriptor",
        TransferCost.SECONDS_PER_DESCRIPTOR * MICROS_PER_SECOND, 0, 1e6) / MICROS_PER_SECOND;
    return new TransferCost(model.layers(), model.kvBytesPerToken(),
        millis(flags, "--sim-transfer-ms", TransferCost.START_SECONDS), perDescriptor, tensorParallel * bytesPerSecond,
        Math.round(millis(flags, "--sim-handover-ms", TransferCost.HAND_OVER_SECONDS) * GIGA));
  }

  private static double linkBytesPerSecond(FlagValues flags, GpuShape gpu) throws SimulatorException {
    String kind = flags.text("--sim-link").orElse(gpu.nvlinkBytesPerSecond() > 0 ? "nvlink" : "pcie");
    double bytesPerSecond = switch (kind) {
      case "nvlink" -> gpu.nvlinkBytesPerSecond();
      case "pcie" -> gpu.pcieBytesPerSecond();
      case "nic" -> gpu.nicBytesPerSecond();
      default -> throw new SimulatorException("--sim-link: \"" + kind + "\" is not one of nvlink, pcie, nic");
    };
    if (bytesPerSecond == 0 && !flags.has("--sim-link-gbps")) {
      throw new SimulatorException(
          "--sim-link: " + gpu.name() + " has no usual " + kind + "; give its speed with --sim-link-gbps");
    }
    return Math.max(bytesPerSecond, GIGA);
  }

  private static double millis(FlagValues flags, String flag, double usualSeconds) throws SimulatorException {
    return flags.number(flag, usualSeconds * MILLIS_PER_SECOND, 0, 3.6e6) / MILLIS_PER_SECOND;
  }
}
