package dev.attain.engines;

import dev.attain.experiment.Deployment;
import dev.attain.experiment.Engine;
import dev.attain.experiment.Experiment;
import dev.attain.workload.PromptForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold of an experiment's requests for its engines to answer them at all. Pure. */
public final class RequestRules {
  private RequestRules() {}

  /** What is wrong, a sentence each. */
  public static List<String> problems(Experiment experiment) {
    List<String> problems = new ArrayList<>();
    for (Deployment deployment : experiment.deployments()) {
      engine(deployment).ifPresent(engine -> {
        if (experiment.workload().form() == PromptForm.TOKEN_IDS && !EngineKind.of(engine).dialect().tokenIds()) {
          problems.add("workload.prompts-as: %s, the engine of deployment %s, takes no token ids; write text"
              .formatted(engine.kind(), deployment.name()));
        }
        boolean byPath = engine instanceof Engine.TransformersServe;
        if (byPath && !experiment.model().name().equals(experiment.model().path())) {
          problems.add("model.name: transformers, the engine of deployment %s, serves a model under its path; write %s"
              .formatted(deployment.name(), experiment.model().path()));
        }
      });
    }
    return problems;
  }

  private static Optional<Engine> engine(Deployment deployment) {
    return switch (deployment) {
      case Deployment.Colocated colocated -> Optional.of(colocated.engine());
      case Deployment.Disaggregated disaggregated -> Optional.of(disaggregated.engine());
      case Deployment.External external -> Optional.empty();
    };
  }
}
