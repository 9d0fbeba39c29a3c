package dev.attain.engines;

import dev.attain.experiment.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The server of the transformers library, which runs on one GPU and calls a model by its path. */
record TransformersKind(Engine.TransformersServe engine) implements EngineKind {
  @Override
  public Optional<MetricNames> metrics() {
    return Optional.empty();
  }

  @Override
  public LaunchPlan plan(InstanceSpec spec, SelfCommand self) {
    InstalledEngine.requireColocated(spec);
    if (spec.tensorParallel() > 1) {
      throw new IllegalArgumentException(
          "%s: transformers serves on one GPU, not on %d; write tensor-parallel = 1, and more replicas"
              .formatted(spec.id(), spec.tensorParallel()));
    }
    Map<String, String> fixed = new LinkedHashMap<>();
    fixed.put("host", spec.host());
    fixed.put("port", Integer.toString(spec.ports().http()));
    // Without it requests are served one after the other.
    Map<String, String> defaults = Map.of("continuous-batching", "true");
    List<String> arguments = new ArrayList<>(List.of(spec.model().path()));
    arguments.addAll(Flags.of(fixed, defaults, engine.launch().options()).commandLineWithoutNegation());
    return InstalledEngine.plan(spec, engine.launch(), arguments, Map.of());
  }

  @Override
  public RequestDialect dialect() {
    // It answers 422 to fields it does not know, and sends its usage unasked.
    return new RequestDialect(false, Set.of());
  }
}
