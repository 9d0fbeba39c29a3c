package dev.attain.engines;

import dev.attain.experiment.Engine;
import dev.attain.experiment.GpuUse;
import dev.attain.experiment.KvTransfer;
import dev.attain.experiment.Launch;
import dev.attain.experiment.Model;
import dev.attain.workload.ModelLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Instances and engines to plan. */
final class Specs {
  static final SelfCommand SELF = new SelfCommand(Path.of("/jdk/bin/java"), 25, "/opt/attain/lib/*",
      "dev.attain.cli.Main", List.of());
  static final Model MODEL = new Model("llama", "meta-llama/Llama-3.1-8B", new ModelLimits(131_072, 128_256));

  private Specs() {}

  static Launch launch(String... executable) {
    return new Launch(List.of(executable), Map.of(), Map.of(), List.of(), GpuUse.EXCLUSIVE, 2);
  }

  static Engine.Vllm vllm(Launch launch, KvTransfer transfer) {
    return new Engine.Vllm(launch, 0.8, Optional.empty(), Optional.empty(), Optional.empty(), transfer);
  }

  /** On the first GPUs of the node. */
  static InstanceSpec spec(InstanceRole role, Engine engine, int tensorParallel, String... extraArguments) {
    return new InstanceSpec("any-0", role, 0, engine, MODEL, tensorParallel,
        IntStream.range(0, tensorParallel).boxed().toList(), "127.0.0.1", new InstancePorts(20_017, 20_018, 20_030),
        List.of(extraArguments), Map.of());
  }

  static LaunchPlan plan(InstanceRole role, Engine engine, int tensorParallel, String... extraArguments) {
    return EngineKind.of(engine).plan(spec(role, engine, tensorParallel, extraArguments), SELF);
  }
}
