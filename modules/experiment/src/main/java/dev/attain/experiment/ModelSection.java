package dev.attain.experiment;

import dev.attain.workload.ModelLimits;
import java.util.List;
import java.util.Optional;

/** Reads {@code model}. */
final class ModelSection {
  /** The name that means: ask the engine. */
  private static final String ASK = "auto";
  /** Most servers allow this much, and what they do not allow they answer with an error that names the limit. */
  private static final ModelLimits UNKNOWN_MODEL = new ModelLimits(8_192, 32_000);
  private static final int SMALLEST_VOCABULARY = 64;

  private ModelSection() {}

  static Setting name(Section section) {
    return section.get("name");
  }

  static boolean asksEngine(Setting name) {
    return name.written().equals(ASK);
  }

  /**
   * @param deployments decide what an unnamed model is called, which limits it has when the simulator serves it, and
   * whether there must be weights
   */
  static Model read(Section section, List<Deployment> deployments) {
    var engines = deployments.stream().flatMap(each -> engine(each).stream()).toList();
    var name = name(section);
    name.text();
    var simulated = simulated(engines);
    var path = path(section, name, engines);
    var served = asksEngine(name) ? simulated.orElse(path) : name.written();
    var known = SimulatorPresets.limits(simulated.orElse(served)).or(() -> ofFolder(path)).orElse(UNKNOWN_MODEL);
    var limits = limits(section, known, engines);
    section.resolve("name", served.isEmpty() ? ASK : served);
    section.resolve("context-tokens", limits.contextTokens());
    section.resolve("vocabulary-tokens", limits.vocabularySize());
    section.close();
    return new Model(served, path, limits);
  }

  private static Optional<Engine> engine(Deployment deployment) {
    return switch (deployment) {
      case Deployment.Colocated colocated -> Optional.of(colocated.engine());
      case Deployment.Disaggregated disaggregated -> Optional.of(disaggregated.engine());
      case Deployment.External external -> Optional.empty();
    };
  }

  private static Optional<String> simulated(List<Engine> engines) {
    return engines.stream().filter(Engine.Simulator.class::isInstance).map(Engine.Simulator.class::cast)
        .map(Engine.Simulator::model).findFirst();
  }

  /** Where an engine finds the weights: the name serves as well, as a hub's name does. */
  private static String path(Section section, Setting name, List<Engine> engines) {
    var path = section.optional("path");
    path.flatMap(Setting::text).ifPresent(text -> section.resolve("path", path.orElseThrow().pathIfThere(text)));
    var given = path.map(setting -> setting.pathIfThere(setting.written()));
    var loading = engines.stream().filter(Engine.Installed.class::isInstance).findFirst();
    if (given.isPresent() || loading.isEmpty()) {
      return given.orElse("");
    }
    if (asksEngine(name)) {
      section.problem("path", "is missing, and %s loads a model; write for example path = Qwen/Qwen3-0.6B, or a folder"
          .formatted(loading.get().kind()));
      return "";
    }
    return name.written();
  }

  private static Optional<ModelLimits> ofFolder(String path) {
    return ModelShape.of(path).map(shape -> new ModelLimits(
        shape.contextTokens() > 1 ? shape.contextTokens() : UNKNOWN_MODEL.contextTokens(),
        shape.vocabularyTokens() >= SMALLEST_VOCABULARY
            ? shape.vocabularyTokens()
            : UNKNOWN_MODEL.vocabularySize()));
  }

  private static ModelLimits limits(Section section, ModelLimits known, List<Engine> engines) {
    int longest = engines.stream().flatMap(engine -> longest(engine).stream()).min(Integer::compare)
        .orElse(Integer.MAX_VALUE);
    var context = section.optional("context-tokens");
    int tokens = context.map(each -> Numbers.whole(each, 2, Integer.MAX_VALUE))
        .orElse(Math.min(known.contextTokens(), longest));
    if (tokens > longest) {
      context.orElseThrow().problem("%d is above an engine.max-model-len of %d, which refuses longer requests; lower it"
          .formatted(tokens, longest));
    }
    var vocabulary = section.optional("vocabulary-tokens")
        .map(each -> Numbers.whole(each, SMALLEST_VOCABULARY, Integer.MAX_VALUE));
    return new ModelLimits(tokens, vocabulary.orElse(known.vocabularySize()));
  }

  private static Optional<Integer> longest(Engine engine) {
    return engine instanceof Engine.Vllm vllm ? vllm.maxModelLength() : Optional.empty();
  }
}
