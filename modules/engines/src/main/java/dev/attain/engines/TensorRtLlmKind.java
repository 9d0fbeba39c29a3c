package dev.attain.engines;

import dev.attain.experiment.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The OpenAI server of TensorRT-LLM. */
record TensorRtLlmKind(Engine.TensorRtLlm engine) implements EngineKind {
  @Override
  public Optional<MetricNames> metrics() {
    return Optional.of(new IterationStats());
  }

  @Override
  public LaunchPlan plan(InstanceSpec spec, SelfCommand self) {
    InstalledEngine.requireColocated(spec);
    Map<String, String> fixed = new LinkedHashMap<>();
    fixed.put("served_model_name", spec.model().name());
    fixed.put("tp_size", Integer.toString(spec.tensorParallel()));
    fixed.put("host", spec.host());
    fixed.put("port", Integer.toString(spec.ports().http()));
    List<String> arguments = new ArrayList<>(List.of(spec.model().path()));
    arguments.addAll(Flags.of(fixed, Map.of(), engine.launch().options()).commandLineWithoutNegation());
    return InstalledEngine.plan(spec, engine.launch(), arguments, Map.of()).tellingVersionAt("/version");
  }

  @Override
  public RequestDialect dialect() {
    return RequestDialect.FULL;
  }
}
