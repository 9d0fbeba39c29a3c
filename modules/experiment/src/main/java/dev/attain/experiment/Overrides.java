package dev.attain.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keys set on the command line. A value that starts with a bracket, a brace or a quote is HOCON; {@code null} takes a
 * key back; anything else is taken as it stands, so that a URL needs no quotes. A deployment is addressed by its
 * name, although the deployments are a list: {@code deployments.colocated.replicas}.
 */
final class Overrides {
  private static final String DEPLOYMENTS = "deployments";

  private record Entry(String key, List<String> path, ConfigValue value) {
    boolean ofOneDeployment() {
      return path.size() > 2 && path.getFirst().equals(DEPLOYMENTS);
    }

    ConfigObject over(ConfigObject object) {
      return over(object, path);
    }

    /** The object with the value at that path. Sections that the path needs were written by the override, too. */
    ConfigObject over(ConfigObject object, List<String> rest) {
      var name = rest.getFirst();
      if (rest.size() == 1) {
        return object.withValue(name, value);
      }
      var inner = object.get(name) instanceof ConfigObject section
          ? section
          : ConfigValueFactory.fromMap(Map.of(), Place.OVERRIDE + key);
      return object.withValue(name, over(inner, rest.subList(1, rest.size())));
    }
  }

  private final List<Entry> overrides = new ArrayList<>();
  private final Problems problems;

  private Overrides(Problems problems) {
    this.problems = problems;
  }

  static Overrides parse(Map<String, String> keys, Problems problems) {
    var parsed = new Overrides(problems);
    keys.keySet().stream().sorted().forEach(key -> parsed.add(key, keys.get(key)));
    return parsed;
  }

  private void add(String key, String text) {
    var place = Place.OVERRIDE + key;
    try {
      overrides.add(new Entry(key, ConfigUtil.splitPath(key), value(text.trim(), place)));
    } catch (ConfigException.BadPath e) {
      problems.add(place, "is not a key; write for example -D load.repeats=3");
    } catch (ConfigException.Parse e) {
      problems.add(place, key, text + " is not valid HOCON; close every bracket and quote");
    }
  }

  private static ConfigValue value(String text, String place) {
    if (text.equals("null")) {
      return ConfigValueFactory.fromAnyRef(null, place);
    }
    if (!text.isEmpty() && "[{\"".indexOf(text.charAt(0)) >= 0) {
      var options = ConfigParseOptions.defaults().setOriginDescription(place);
      return ConfigFactory.parseString("value = " + text, options).root().get("value");
    }
    return ConfigValueFactory.fromAnyRef(text, place);
  }

  /** What goes over the file before anything is substituted. */
  Config common() {
    var config = ConfigFactory.empty();
    for (var override : overrides) {
      if (!override.ofOneDeployment()) {
        config = override.over(ConfigFactory.empty().root()).toConfig().withFallback(config);
      }
    }
    return config;
  }

  /** The configuration with what is set for single deployments. */
  ConfigObject appliedToDeployments(ConfigObject root) {
    if (!(root.get(DEPLOYMENTS) instanceof ConfigList list)) {
      return root;
    }
    var elements = new ArrayList<ConfigValue>(list);
    overrides.stream().filter(Entry::ofOneDeployment).forEach(override -> apply(override, elements));
    return root.withValue(DEPLOYMENTS, ConfigValueFactory.fromIterable(elements).withOrigin(list.origin()));
  }

  private void apply(Entry override, List<ConfigValue> elements) {
    var name = override.path().get(1);
    var names = new ArrayList<String>();
    for (int index = 0; index < elements.size(); index++) {
      if (elements.get(index) instanceof ConfigObject element && element.get("name") != null) {
        names.add(String.valueOf(element.get("name").unwrapped()));
        if (names.getLast().equals(name)) {
          elements.set(index, override.over(element, override.path().subList(2, override.path().size())));
          return;
        }
      }
    }
    if (!names.isEmpty()) {
      problems.add(Place.OVERRIDE + override.key(), override.key(),
          "no deployment is named " + name + "; the nearest is "
              + Nearest.of(name, names));
    }
  }
}
