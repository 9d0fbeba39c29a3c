package dev.attain.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What a user gave: the file with what it includes, overrides over it, and the environment put in. */
final class ConfigurationFile {
  private ConfigurationFile() {}

  /**
   * The keys given, without the reference's defaults.
   *
   * @throws ConfigurationException when the text is no HOCON at all, so that there is nothing to check further
   */
  static ConfigObject read(Reading reading, Map<String, String> overrides) throws ConfigurationException {
    var problems = reading.problems();
    var given = ConfigFactory.empty().root();
    try {
      var parsedOverrides = Overrides.parse(overrides, problems);
      var layered = parsedOverrides.common().withFallback(parse(reading.file(), problems));
      var options = ConfigResolveOptions.noSystem().appendResolver(new Environment(reading.environment()));
      given = parsedOverrides.appliedToDeployments(layered.resolve(options).root());
    } catch (ConfigException.UnresolvedSubstitution e) {
      var name = e.getMessage().replaceFirst("(?s)^.*?(\\$\\{[^}]*}).*$", "$1");
      problems.add(place(reading.file(), e), name + " stands for nothing; set the environment variable, or write "
          + name.replace("${", "${?") + " and a default before it");
      problems.throwIfAny();
    } catch (ConfigException e) {
      problems.add(place(reading.file(), e), "is not valid HOCON: " + reason(e));
      problems.throwIfAny();
    }
    return given;
  }

  private static Config parse(Path file, Problems problems) throws ConfigurationException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      problems.add(file.toString(), Files.exists(file) ? "is not a file that can be read" : "there is no such file");
      problems.throwIfAny();
    }
    // The library finds files to include only beside a file that has a folder in its name.
    var named = file.getParent() == null ? Path.of(".").resolve(file) : file;
    var options = ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(new Includes(file, problems));
    return ConfigFactory.parseFile(named.toFile(), options);
  }

  private static String place(Path file, ConfigException exception) {
    return exception.origin() == null ? file.toString() : Place.of(exception.origin());
  }

  /** The library's own words, without the place in front and without its advice to use another format. */
  private static String reason(ConfigException exception) {
    var message = exception.getMessage().replaceFirst("^.*?: (\\d+: )?", "")
        .replaceFirst(" \\(if you (intended|want).*$", "");
    if (exception instanceof ConfigException.WrongType) {
      return "the file must hold keys with their values, not a list";
    }
    return message.contains("close parentheses ')' here, not: end of file")
        ? "a { is not closed at the end of the file"
        : message;
  }

  /** Variables that are set but empty count as not set, as scripts pass them on. */
  private record Environment(Map<String, String> variables) implements ConfigResolver {
    @Override
    public ConfigValue lookup(String name) {
      var value = variables.getOrDefault(name, "");
      // The interface asks for null where nothing is known.
      return value.isBlank() ? null : ConfigValueFactory.fromAnyRef(value, Place.ENVIRONMENT + name);
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this;
    }
  }
}
