package dev.attain.engines;

import dev.attain.experiment.OptionArguments;
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
          "engine.options.%s: follows from the deployment or has a key of its own, and cannot be an option; remove it"
              .formatted(name));
    });
    Map<String, String> values = new LinkedHashMap<>(fixed);
    values.putAll(defaults);
    values.putAll(options);
    return new Flags(values);
  }

  /** As {@link OptionArguments} says. */
  List<String> commandLine() {
    return OptionArguments.of(values);
  }

  /** As {@link #commandLine()} for programs whose switches are off unless named: {@code false} leaves them out. */
  List<String> commandLineWithoutNegation() {
    Map<String, String> named = new LinkedHashMap<>(values);
    named.values().removeIf("false"::equals);
    return OptionArguments.of(named);
  }
}
