package dev.attain.engines;

import dev.attain.experiment.Engine;
import dev.attain.experiment.KvTransfer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The built-in simulator, as a process of this program; it takes vLLM's flags. */
record SimulatorKind(Engine.Simulator engine) implements EngineKind {
  /** A simulated sequence is a few counters, so this is room for thousands of them and their connections. */
  private static final long HEAP_BYTES = 128L << 20;

  @Override
  public Optional<MetricNames> metrics() {
    return Optional.of(PrometheusNames.VLLM);
  }

  @Override
  public LaunchPlan plan(InstanceSpec spec, SelfCommand self) {
    List<String> arguments = new ArrayList<>(List.of("simulate-engine"));
    arguments.addAll(flags(spec).commandLine());
    arguments.addAll(engine.extraArguments());
    arguments.addAll(spec.extraArguments());
    LaunchPlan plan = HttpAddresses
        .plan(spec, self.command(HEAP_BYTES, arguments), VllmInterface.sideChannel(spec))
        .tellingVersionAt(VllmInterface.VERSION_PATH);
    // Its decode side only asks.
    return spec.role() == InstanceRole.PREFILL
        ? plan.listeningOn(new SideChannel(spec.host(), spec.ports().sideChannel(), SideChannel.Greeting.NONE))
        : plan;
  }

  @Override
  public RequestDialect dialect() {
    return RequestDialect.FULL;
  }

  private Flags flags(InstanceSpec spec) {
    Map<String, String> fixed = new LinkedHashMap<>();
    fixed.put("model", engine.model());
    fixed.put("sim-gpu", engine.gpu());
    fixed.putAll(VllmInterface.flags(spec, KvTransfer.PLAIN));
    Map<String, String> defaults = Map.of("max-model-len", Integer.toString(spec.model().limits().contextTokens()));
    return Flags.of(fixed, defaults, engine.options());
  }
}
