package dev.attain.experiment;

import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;
import java.util.Optional;

/** Where a value was written, in the words a user would look it up by. */
final class Place {
  static final String OVERRIDE = "-D ";
  static final String ENVIRONMENT = "environment variable ";

  private static final String MERGED = "merge of ";

  private Place() {}

  /** {@code conf/x.conf:12}, {@code -D slo.ttft} or {@code environment variable TTFT_SLO}. */
  static String of(ConfigOrigin origin) {
    if (origin.filename() != null) {
      var file = origin.filename().replaceFirst("^\\./", "");
      return origin.lineNumber() > 0 ? file + ":" + origin.lineNumber() : file;
    }
    var description = origin.description();
    if (description.startsWith(MERGED)) {
      // A value put together from several places: the first one is the one to look at.
      return description.substring(MERGED.length()).split(",")[0];
    }
    // A structured override is parsed as a text of its own; its line numbers help nobody.
    return description.startsWith(OVERRIDE) ? description.replaceFirst(": \\d+(-\\d+)?$", "") : description;
  }

  static boolean isEnvironment(String place) {
    return place.startsWith(ENVIRONMENT);
  }

  /** The file a value was written in; empty for overrides and the environment. */
  static Optional<Path> file(ConfigOrigin origin) {
    return Optional.ofNullable(origin.filename()).map(Path::of);
  }
}
