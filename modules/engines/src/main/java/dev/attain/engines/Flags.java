package dev.attain.engines;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flags of a command line by name, without dashes, in their order. */
record Flags(Map<String, String> values) {

  /**
   * All of {@code fixed}, and the {@code options} of a configuration on top of {@code defaults}.
   *
   * @throws IllegalArgumentException when an option would change what is fixed
   */
  static Flags of(Map<String, String> fixed, Map<String, String> defaults, Map<String, String> options) {
    options.keySet().stream().filter(fixed::containsKey).findFirst().ifPresent(name -> {
      throw new IllegalArgumentException(
          "engine.options.%s: follows from the deployment and cannot be an option; remove it".formatted(name));
    });
    Map<String, String> values = new LinkedHashMap<>(fixed);
    values.putAll(defaults);
    values.putAll(options);
    return new Flags(values);
  }

  /** A flag and its value are two arguments; {@code true} is the flag alone, {@code false} the flag with {@code no-}. */
  List<String> commandLine() {
    List<String> arguments = new ArrayList<>();
    values.forEach((name, value) -> {
      switch (value) {
        case "true" -> arguments.add("--" + name);
        case "false" -> arguments.add("--no-" + name);
        default -> {
          arguments.add("--" + name);
          arguments.add(value);
        }
      }
    });
    return arguments;
  }
}
