package dev.attain.engines;

import dev.attain.experiment.Engine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** vLLM's OpenAI server. */
record VllmKind(Engine.Vllm engine) implements EngineKind {
  @Override
  public Optional<MetricNames> metrics() {
    return Optional.of(PrometheusNames.VLLM);
  }

  @Override
  public LaunchPlan plan(InstanceSpec spec, SelfCommand self) {
    Map<String, String> fixed = VllmInterface.flags(spec, engine.kvTransfer());
    fixed.put("gpu-memory-utilization", Double.toString(engine.gpuMemoryUtilization()));
    engine.maxModelLength().ifPresent(tokens -> fixed.put("max-model-len", Integer.toString(tokens)));
    engine.dtype().ifPresent(dtype -> fixed.put("dtype", dtype));
    engine.loadFormat().ifPresent(format -> fixed.put("load-format", format));
    List<String> arguments = new ArrayList<>(List.of(spec.model().path()));
    arguments.addAll(Flags.of(fixed, Map.of(), engine.launch().options()).commandLine());
    Map<String, String> variables = new HashMap<>(VllmInterface.sideChannel(spec));
    // Instances that start together would otherwise race for the same ports.
    variables.put("VLLM_PORT", Integer.toString(spec.ports().firstInternal()));
    LaunchPlan plan = InstalledEngine.plan(spec, engine.launch(), arguments, variables)
        .tellingVersionAt(VllmInterface.VERSION_PATH);
    // Its scheduler listens in either role: each side may be asked where its memory is.
    return spec.role() == InstanceRole.COLOCATED
        ? plan
        : plan.listeningOn(new SideChannel(spec.host(), spec.ports().sideChannel(), SideChannel.Greeting.ZMQ));
  }

  @Override
  public RequestDialect dialect() {
    return RequestDialect.FULL;
  }
}
