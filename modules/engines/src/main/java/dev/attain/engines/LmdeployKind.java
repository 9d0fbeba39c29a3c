package dev.attain.engines;

import dev.attain.experiment.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API server of LMDeploy. */
record LmdeployKind(Engine.Lmdeploy engine) implements EngineKind {
  @Override
  public Optional<MetricNames> metrics() {
    return Optional.of(PrometheusNames.LMDEPLOY);
  }

  @Override
  public LaunchPlan plan(InstanceSpec spec, SelfCommand self) {
    InstalledEngine.requireColocated(spec);
    Map<String, String> fixed = new LinkedHashMap<>();
    fixed.put("model-name", spec.model().name());
    fixed.put("tp", Integer.toString(spec.tensorParallel()));
    fixed.put("server-name", spec.host());
    fixed.put("server-port", Integer.toString(spec.ports().http()));
    List<String> arguments = new ArrayList<>(List.of(spec.model().path()));
    arguments.addAll(Flags.of(fixed, Map.of(), engine.launch().options()).commandLineWithoutNegation());
    return InstalledEngine.plan(spec, engine.launch(), arguments, Map.of());
  }

  @Override
  public RequestDialect dialect() {
    // A prompt is a text or a list of texts.
    return new RequestDialect(false, RequestDialect.FULL.fields());
  }
}
