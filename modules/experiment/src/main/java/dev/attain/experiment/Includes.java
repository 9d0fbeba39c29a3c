package dev.attain.experiment;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.nio.file.Path;

/**
 * Takes in files that a configuration includes, relative to the including file. The library passes over a missing one
 * in silence.
 */
final class Includes implements ConfigIncluder, ConfigIncluderFile {
  private final Path including;
  private final Problems problems;

  Includes(Path including, Problems problems) {
    this.including = including;
    this.problems = problems;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    var included = context.relativeTo(what);
    // What is no file beside the including one would be looked for on the classpath, which is not the user's.
    if (included == null || included.origin().filename() == null) {
      return missing(what);
    }
    return included.parse(options(context));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return what.isFile() ? ConfigFactory.parseFile(what, options(context)).root() : missing(what.getPath());
  }

  private static ConfigParseOptions options(ConfigIncludeContext context) {
    return context.parseOptions().setAllowMissing(false);
  }

  private ConfigObject missing(String what) {
    problems.add(including.toString(),
        "include \"" + what + "\" finds no such file; a path is relative to the file that includes it");
    return ConfigFactory.empty().root();
  }
}
