package dev.attain.experiment;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names that become folders of a bundle. */
final class Names {
  private static final Pattern FILE_SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  /** Folders that a bundle has beside those of its deployments. */
  private static final Set<String> RESERVED = Set.of("points", "plots", "logs");

  private Names() {}

  static Optional<String> fileSafe(Setting setting) {
    var name = setting.text();
    if (name.isPresent() && !FILE_SAFE.matcher(name.get()).matches()) {
      setting.problem(name.get()
          + " cannot name a folder; write up to 64 letters, digits, '.', '_' or '-', a letter or digit first");
      return Optional.empty();
    }
    return name;
  }

  /** As {@link #fileSafe}, and none of the bundle's own folders. */
  static Optional<String> deployment(Setting setting) {
    var name = fileSafe(setting);
    if (name.isPresent() && RESERVED.contains(name.get().toLowerCase(Locale.ROOT))) {
      setting.problem(name.get() + " is a folder that every bundle has; choose another name");
      return Optional.empty();
    }
    return name;
  }

  /** The name of a file without its endings, made fit to be a folder's name. */
  static String ofFile(Path file) {
    var text = file.getFileName().toString().replaceFirst("(?<=.)(\\.csv)?(\\.gz|\\.conf)?$", "");
    var safe = text.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    return safe.isEmpty() ? "experiment" : safe.substring(0, Math.min(safe.length(), 64));
  }
}
