package dev.attain.engines;

import dev.attain.experiment.Engine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** SGLang's OpenAI server. */
record SglangKind(Engine.Sglang engine) implements EngineKind {
  @Override
  public Optional<MetricNames> metrics() {
    return Optional.of(PrometheusNames.SGLANG);
  }

  @Override
  public LaunchPlan plan(InstanceSpec spec, SelfCommand self) {
    InstalledEngine.requireColocated(spec);
    Map<String, String> fixed = new LinkedHashMap<>();
    fixed.put("model-path", spec.model().path());
    fixed.put("served-model-name", spec.model().name());
    fixed.put("tp-size", Integer.toString(spec.tensorParallel()));
    fixed.put("host", spec.host());
    fixed.put("port", Integer.toString(spec.ports().http()));
    return InstalledEngine.plan(spec, engine.launch(),
        Flags.of(fixed, Map.of("enable-metrics", "true"), engine.launch().options()).commandLineWithoutNegation(),
        Map.of()).tellingVersionAt("/get_server_info");
  }

  @Override
  public RequestDialect dialect() {
    return RequestDialect.FULL;
  }
}
