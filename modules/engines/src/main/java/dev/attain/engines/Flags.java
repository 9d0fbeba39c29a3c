package dev.attain.engines;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
          "engine.options.%s: follows from the deployment or has a key of its own, and cannot be an option; remove it"
              .formatted(name));
    });
    Map<String, String> values = new LinkedHashMap<>(fixed);
    values.putAll(defaults);
    values.putAll(options);
    return new Flags(values);
  }

  /** A flag and its value are two arguments; {@code true} is the flag alone, {@code false} the flag with {@code no-}. */
  List<String> commandLine() {
    return commandLine(name -> List.of("--no-" + name));
  }

  /** As {@link #commandLine()} for programs whose switches are off unless named: {@code false} leaves them out. */
  List<String> commandLineWithoutNegation() {
    return commandLine(name -> List.of());
  }

  private List<String> commandLine(Function<String, List<String>> negation) {
    List<String> arguments = new ArrayList<>();
    values.forEach((name, value) -> arguments.addAll(switch (value) {
      case "true" -> List.of("--" + name);
      case "false" -> negation.apply(name);
      default -> List.of("--" + name, value);
    }));
    return arguments;
  }
}
