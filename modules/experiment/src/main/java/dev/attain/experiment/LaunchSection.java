package dev.attain.experiment;

import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the keys of {@code engine} that all engines installed on the machine share. */
final class LaunchSection {
  private static final int MOST_ATTEMPTS = 10;
  private static final int MOST_GPUS = 64;
  private static final int MOST_INSTANCES_PER_GPU = 16;

  private LaunchSection() {}

  /** @param executable unless the configuration names one */
  static Launch read(Section section, String... executable) {
    return new Launch(section.optional("executable").map(LaunchSection::executable).orElse(List.of(executable)),
        Arguments.variables(section.get("environment")), Arguments.options(section.get("options")),
        Arguments.list(section.get("extra-arguments")), gpus(section),
        Numbers.whole(section.get("start-attempts"), 1, MOST_ATTEMPTS));
  }

  /** A text is split at its blanks, as a shell does it; a list is taken as it is. */
  private static List<String> executable(Setting setting) {
    var words = new ArrayList<String>();
    if (setting.value().valueType() == ConfigValueType.LIST) {
      setting.wholeElements().forEach(each -> each.text().ifPresent(words::add));
    } else {
      setting.text().ifPresent(text -> words.addAll(Arrays.asList(text.strip().split("\\s+"))));
    }
    if (words.isEmpty()) {
      setting.problem("names no program; write for example executable = \"vllm serve\", or leave the key out");
      return List.of();
    }
    if (words.getFirst().contains("/")) {
      words.set(0, setting.pathIfThere(words.getFirst()));
    }
    setting.resolve(List.copyOf(words));
    return words;
  }

  private static GpuUse gpus(Section section) {
    var setting = section.get("gpus");
    var indices = setting.elements().stream().map(each -> Numbers.whole(each, 0, MOST_GPUS - 1)).toList();
    if (indices.stream().distinct().count() < indices.size()) {
      setting.problem(setting.written() + " names a GPU twice; write engine.instances-per-gpu to share GPUs");
    }
    return new GpuUse(indices, Numbers.whole(section.get("instances-per-gpu"), 1, MOST_INSTANCES_PER_GPU));
  }
}
