package dev.attain.experiment;

import com.typesafe.config.ConfigObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code engine}, at the top level or of one deployment. */
final class EngineSection {
  private enum Kind { SIMULATOR }

  private static final List<String> SECRET_FLAGS = List.of("api-key", "hf-token");
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
    return switch (kind.get()) {
      case SIMULATOR -> simulator(section, modelName);
    };
  }

  private static Engine simulator(Section section, Setting modelName) {
    var gpu = section.get("gpu").oneOf(SimulatorPresets.gpus(), "a GPU the simulator knows");
    var model = simulatedModel(section, modelName);
    var options = options(section);
    var arguments = arguments(section.get("extra-arguments"));
    section.close();
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

  private static Map<String, String> options(Section section) {
    var setting = section.get("options");
    var options = new LinkedHashMap<String, String>();
    if (!(setting.value() instanceof ConfigObject object)) {
      setting.problem("must be a section in { }, one flag of the engine with its value on a line");
      return options;
    }
    object.keySet().stream().sorted().forEach(name -> {
      var option = new Setting(setting.key() + "." + name, object.get(name), section.reading(), each -> {});
      refuseSecret(option, name);
      option.text().ifPresent(text -> options.put(name, text));
    });
    return options;
  }

  /** Arguments of a command line, each passed on as it is. */
  static List<String> arguments(Setting setting) {
    var arguments = new ArrayList<String>();
    for (var each : setting.wholeElements()) {
      each.text().ifPresent(arguments::add);
      refuseSecret(each, each.written().replaceFirst("^--", "").split("=", 2)[0]);
    }
    return arguments;
  }

  private static void refuseSecret(Setting setting, String flag) {
    if (SECRET_FLAGS.contains(flag)) {
      setting.problem(
          flag + " is a secret, and command lines go into the bundle; give it to the engine through the environment");
    }
  }
}
