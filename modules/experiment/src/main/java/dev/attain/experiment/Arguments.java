package dev.attain.experiment;

import com.typesafe.config.ConfigObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Reads what goes to an engine as it is: flags, arguments and variables. What cannot go gets its sentence. */
final class Arguments {
  private static final List<String> SECRET_FLAGS = List.of("api-key", "hf-token");
  private static final Pattern SECRET_VARIABLE = Pattern.compile("(.*_)?(TOKEN|KEY|SECRET|PASSWORD)");
  private static final Map<String, String> FROM_PLACEMENT = Map.of("CUDA_VISIBLE_DEVICES",
      "follows from the placement of instances; write engine.gpus", "CUDA_DEVICE_ORDER",
      "follows from the placement of instances; leave it out", "VLLM_PORT",
      "differs for each instance and is set by attain; leave it out", "VLLM_NIXL_SIDE_CHANNEL_HOST",
      "differs for each instance and is set by attain; leave it out", "VLLM_NIXL_SIDE_CHANNEL_PORT",
      "differs for each instance and is set by attain; leave it out");

  private Arguments() {}

  /** Flags of a command line by name, sorted. */
  static Map<String, String> options(Setting setting) {
    return texts(setting, "one flag of the engine with its value on a line", Arguments::checkFlag);
  }

  /** Variables of the environment by name, sorted. */
  static Map<String, String> variables(Setting setting) {
    return texts(setting, "one variable with its value on a line", (variable, name) -> {
      if (SECRET_VARIABLE.matcher(name).matches()) {
        // The text may be the secret, so the sentence does not repeat it.
        variable.problem("is a secret, and the configuration goes into the bundle; export it where the engine's node"
            + " is started, whose environment engines inherit");
      }
      Withdrawn.variable(name).ifPresent(variable::problem);
      if (FROM_PLACEMENT.containsKey(name)) {
        variable.problem(FROM_PLACEMENT.get(name));
      }
    });
  }

  /** Arguments of a command line, each passed on as it is. */
  static List<String> list(Setting setting) {
    var arguments = new ArrayList<String>();
    for (var each : setting.wholeElements()) {
      each.text().ifPresent(arguments::add);
      if (each.written().startsWith("-")) {
        checkFlag(each, each.written().replaceFirst("^-+", "").split("=", 2)[0]);
      }
    }
    return arguments;
  }

  private static void checkFlag(Setting setting, String flag) {
    if (SECRET_FLAGS.contains(flag)) {
      setting.problem(
          flag + " is a secret, and command lines go into the bundle; give it to the engine through the environment");
    }
    Withdrawn.flag(flag).ifPresent(what -> setting.problem(flag + " " + what));
  }

  private static Map<String, String> texts(Setting setting, String contents, BiConsumer<Setting, String> check) {
    var texts = new LinkedHashMap<String, String>();
    if (!(setting.value() instanceof ConfigObject object)) {
      setting.problem("must be a section in { }, " + contents);
      return texts;
    }
    object.keySet().stream().sorted().forEach(name -> {
      var each = setting.inside(name, object.get(name));
      check.accept(each, name);
      each.text().ifPresent(text -> texts.put(name, text));
    });
    return texts;
  }
}
