package dev.attain.engines;

import java.util.List;
import java.util.Optional;

/** Looks flags up in the arguments that a user wrote, as Python's parsers take them. */
final class CommandLineFlags {
  private CommandLineFlags() {}

  /** The last value given to {@code --name} or {@code -name}, with dashes or underscores; a bare flag is {@code true}. */
  static Optional<String> value(List<String> arguments, String name) {
    Optional<String> value = Optional.empty();
    for (int k = 0; k < arguments.size(); k++) {
      String argument = arguments.get(k);
      if (!argument.startsWith("-")) {
        continue;
      }
      String[] parts = argument.replaceFirst("^-+", "").split("=", 2);
      if (parts[0].replace('_', '-').equals(name)) {
        boolean followed = k + 1 < arguments.size() && !arguments.get(k + 1).startsWith("-");
        value = Optional.of(parts.length == 2 ? parts[1] : followed ? arguments.get(k + 1) : "true");
      }
    }
    return value;
  }
}
