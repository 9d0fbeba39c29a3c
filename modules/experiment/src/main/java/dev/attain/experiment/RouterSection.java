package dev.attain.experiment;

import com.typesafe.config.ConfigList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code router} of a disaggregated deployment. */
final class RouterSection {
  private static final String COMMAND = "command";
  private static final String HEALTH = "health";

  private RouterSection() {}

  /** Empty when the configuration names no command: the load nodes hand over then. */
  static Optional<Router> read(Section section) {
    var command = command(section.get(COMMAND));
    var health = section.get(HEALTH).text().orElse("/health");
    if (!health.startsWith("/")) {
      section.problem(HEALTH, health + " is no path; write for example /health");
    }
    if (command.isEmpty() && section.gives(HEALTH)) {
      section.problem(HEALTH, "has no effect without router.command; leave it out");
    }
    if (!command.isEmpty()) {
      require(section, command, "{port}", "attain chooses where the router listens");
      require(section, command, "{prefill", "the router has to know the prefill instances");
      require(section, command, "{decode", "the router has to know the decode instances");
    }
    section.close();
    return command.isEmpty() ? Optional.empty() : Optional.of(new Router(command, health));
  }

  private static List<String> command(Setting setting) {
    if (setting.value() instanceof ConfigList list && list.isEmpty()) {
      return List.of();
    }
    var words = new ArrayList<>(Arguments.list(setting));
    if (!words.isEmpty() && words.getFirst().contains("/")) {
      words.set(0, setting.pathIfThere(words.getFirst()));
    }
    setting.resolve(List.copyOf(words));
    return words;
  }

  private static void require(Section section, List<String> command, String placeholder, String why) {
    if (command.stream().noneMatch(word -> word.contains(placeholder))) {
      var whole = placeholder.endsWith("}") ? placeholder : placeholder + "}";
      section.problem(COMMAND, "has no " + whole + ", and " + why + "; write for example [vllm-router, "
          + "\"--prefill {prefill}\", \"--decode {decode}\", --port, \"{port}\"]");
    }
  }
}
