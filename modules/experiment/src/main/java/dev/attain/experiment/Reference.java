package dev.attain.experiment;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;

/** The reference file as it was packaged: every known key with its default. */
final class Reference {
  static final String RESOURCE = "reference.conf";
  private static final String DEPLOYMENTS = "deployments";

  private final ConfigObject root;

  private Reference(ConfigObject root) {
    this.root = root;
  }

  /** Parsed once; immutable. */
  static Reference packaged() {
    return Packaged.REFERENCE;
  }

  private static final class Packaged {
    static final Reference REFERENCE = load();
  }

  private static Reference load() {
    try (var stream = Reference.class.getResourceAsStream(RESOURCE);
        var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      var options = ConfigParseOptions.defaults().setOriginDescription(RESOURCE);
      return new Reference(ConfigFactory.parseReader(reader, options).root());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ConfigObject root() {
    return root;
  }

  /** The defaults of a deployment of a kind: the entry of that kind in the reference's list. */
  ConfigObject deployment(String kind) {
    return deployments().stream().filter(entry -> kind.equals(entry.get("kind").unwrapped())).findFirst()
        .orElseThrow(() -> new NoSuchElementException(kind));
  }

  private List<ConfigObject> deployments() {
    return ((ConfigList) root.get(DEPLOYMENTS)).stream().map(ConfigObject.class::cast).toList();
  }

  /** Every key that has a value of its own, in the file's words; those of a deployment by its kind. */
  List<String> keys() {
    var keys = commonKeys();
    for (var entry : deployments()) {
      collect(DEPLOYMENTS + "." + entry.get("kind").unwrapped() + ".", entry, keys);
    }
    return keys;
  }

  /** As {@link #keys}, without those inside of deployments. */
  List<String> commonKeys() {
    var keys = new ArrayList<String>();
    collect("", root, keys);
    return keys;
  }

  /** The keys that deployments of some kind have. */
  Set<String> deploymentKeys() {
    return deployments().stream().flatMap(entry -> entry.keySet().stream()).collect(Collectors.toSet());
  }

  private static void collect(String prefix, ConfigObject object, List<String> keys) {
    object.keySet().stream().sorted().forEach(key -> {
      ConfigValue value = object.get(key);
      if (value instanceof ConfigObject inner && !inner.isEmpty()) {
        collect(prefix + key + ".", inner, keys);
      } else {
        keys.add(prefix + key);
      }
    });
  }
}
