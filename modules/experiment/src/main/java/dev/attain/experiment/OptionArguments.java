package dev.attain.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How an engine's options become its command line. */
public final class OptionArguments {
  private OptionArguments() {}

  /**
   * A flag and its value are two arguments; {@code true} is the flag alone, {@code false} the flag with {@code no-}.
   *
   * @param values by name, without dashes; kept in their order
   */
  public static List<String> of(Map<String, String> values) {
    List<String> arguments = new ArrayList<>();
    values.forEach((name, value) -> arguments.addAll(switch (value) {
      case "true" -> List.of("--" + name);
      case "false" -> List.of("--no-" + name);
      default -> List.of("--" + name, value);
    }));
    return arguments;
  }
}
