package dev.attain.experiment;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code engine}, at the top level or of one deployment. */
final class EngineSection {
  private enum Kind { SIMULATOR, VLLM, SGLANG, TENSORRT_LLM, LMDEPLOY, TRANSFORMERS }

  private static final Engine STAND_IN = new Engine.Simulator("h100", "llama-3.1-8b", Map.of(), List.of());

  private EngineSection() {}

  /**
   * @param modelName what {@code model.name} says: it names the simulated model too unless {@code engine.model} does
   */
  static Engine read(Section section, Setting modelName) {
    var kind = section.get("kind").choice(Kind.class);
    if (kind.isEmpty()) {
      section.abandon();
      return STAND_IN;
    }
    var engine = switch (kind.get()) {
      case SIMULATOR -> simulator(section, modelName);
      case VLLM -> VllmSection.read(section);
      case SGLANG -> new Engine.Sglang(LaunchSection.read(section, "python3", "-m", "sglang.launch_server"));
      case TENSORRT_LLM -> new Engine.TensorRtLlm(LaunchSection.read(section, "trtllm-serve"));
      case LMDEPLOY -> new Engine.Lmdeploy(LaunchSection.read(section, "lmdeploy", "serve", "api_server"));
      case TRANSFORMERS -> new Engine.TransformersServe(LaunchSection.read(section, "transformers", "serve"));
    };
    section.close("with engine.kind = " + Setting.choiceName(kind.get()));
    return engine;
  }

  private static Engine simulator(Section section, Setting modelName) {
    var gpu = section.get("gpu").oneOf(SimulatorPresets.gpus(), "a GPU the simulator knows");
    var model = simulatedModel(section, modelName);
    var options = Arguments.options(section.get("options"));
    var arguments = Arguments.list(section.get("extra-arguments"));
    if (gpu.isEmpty() || model.isEmpty()) {
      return STAND_IN;
    }
    return new Engine.Simulator(gpu.get(), model.get(), options, arguments);
  }

  private static Optional<String> simulatedModel(Section section, Setting modelName) {
    var own = section.optional("model");
    if (own.isEmpty() && ModelSection.asksEngine(modelName)) {
      section.problem("model",
          "is missing, and model.name does not name a model either; write for example model = llama-3.1-8b");
      return Optional.empty();
    }
    var model = own.orElse(modelName).oneOf(SimulatorPresets.models(), "a model the simulator knows");
    model.ifPresent(name -> section.resolve("model", name));
    return model;
  }
}
