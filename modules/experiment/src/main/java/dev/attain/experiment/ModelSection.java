package dev.attain.experiment;

import dev.attain.workload.ModelLimits;
import java.util.List;

/** Reads {@code model}. */
final class ModelSection {
  /** The name that means: ask the engine. */
  private static final String ASK = "auto";
  /** Most servers allow this much, and what they do not allow they answer with an error that names the limit. */
  private static final ModelLimits UNKNOWN_MODEL = new ModelLimits(8_192, 32_000);

  private ModelSection() {}

  static Setting name(Section section) {
    return section.get("name");
  }

  static boolean asksEngine(Setting name) {
    return name.written().equals(ASK);
  }

  /**
   * @param deployments decide what an unnamed model is called, and which limits it has, when the simulator serves it
   */
  static Model read(Section section, List<Deployment> deployments) {
    var name = name(section);
    name.text();
    var simulated = deployments.stream().map(ModelSection::simulatedModel).filter(model -> !model.isEmpty())
        .findFirst();
    var served = asksEngine(name) ? simulated.orElse("") : name.written();
    var known = SimulatorPresets.limits(simulated.orElse(served)).orElse(UNKNOWN_MODEL);
    var context = section.optional("context-tokens").map(each -> Numbers.whole(each, 2, Integer.MAX_VALUE));
    var vocabulary = section.optional("vocabulary-tokens").map(each -> Numbers.whole(each, 64, Integer.MAX_VALUE));
    var limits = new ModelLimits(context.orElse(known.contextTokens()), vocabulary.orElse(known.vocabularySize()));
    var path = section.optional("path").flatMap(Setting::text).orElse("");
    section.resolve("name", served.isEmpty() ? ASK : served);
    section.resolve("context-tokens", limits.contextTokens());
    section.resolve("vocabulary-tokens", limits.vocabularySize());
    section.close();
    return new Model(served, path, limits);
  }

  private static String simulatedModel(Deployment deployment) {
    return switch (deployment) {
      case Deployment.Colocated colocated -> model(colocated.engine());
      case Deployment.Disaggregated disaggregated -> model(disaggregated.engine());
      case Deployment.External external -> "";
    };
  }

  private static String model(Engine engine) {
    return switch (engine) {
      case Engine.Simulator simulator -> simulator.model();
    };
  }
}
