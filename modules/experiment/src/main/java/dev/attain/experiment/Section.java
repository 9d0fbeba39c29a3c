package dev.attain.experiment;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A cursor on one object of the configuration: what a user gave, over the defaults of the reference. It remembers
 * which keys were read, so that {@link #close} can name the ones that are unknown or without effect, and collects the
 * resolved configuration.
 */
final class Section {
  private final Reading reading;
  /** Key of this object as problems show it, ending in a dot; empty for the root. */
  private final String prefix;
  /** The same in the reference file, where the elements of a list go by their kind. */
  private final String referencePrefix;
  private final ConfigObject given;
  private final ConfigObject defaults;
  private final Map<String, Object> resolved;
  private final Set<String> read = new LinkedHashSet<>();

  private Section(Reading reading, String prefix, String referencePrefix, ConfigObject given, ConfigObject defaults,
      Map<String, Object> resolved) {
    this.reading = reading;
    this.prefix = prefix;
    this.referencePrefix = referencePrefix;
    this.given = given;
    this.defaults = defaults;
    this.resolved = resolved;
  }

  static Section root(Reading reading, ConfigObject given, ConfigObject defaults, Map<String, Object> resolved) {
    return new Section(reading, "", "", given, defaults, resolved);
  }

  /** The value of a key that has a default. */
  Setting get(String key) {
    return optional(key)
        .orElseThrow(() -> new IllegalStateException("the reference has no default for " + prefix + key));
  }

  /** The value of a key, empty when neither the user nor the reference gives one. */
  Optional<Setting> optional(String key) {
    return value(key)
        .map(value -> new Setting(prefix + key, value, reading, each -> resolved.put(key, each)));
  }

  /** As {@link #optional}, and a problem when there is none; {@code example} is a value to suggest. */
  Optional<Setting> required(String key, String example) {
    var setting = optional(key);
    if (setting.isEmpty()) {
      reading.problems().add(place(), prefix + key, "is missing; write for example " + key + " = " + example);
    }
    return setting;
  }

  /** True when the user, not the reference, gave the key. */
  boolean gives(String key) {
    var value = given.get(key);
    return value != null && value.valueType() != ConfigValueType.NULL;
  }

  /** A section inside this one. A scalar instead of it is short for a section with {@code shorthand} alone. */
  Section section(String key, String shorthand) {
    var value = value(key).orElseThrow();
    if (value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST) {
      return section(key);
    }
    var expanded = ConfigValueFactory.fromMap(Map.of()).withValue(shorthand, value);
    return child(key, expanded, (ConfigObject) defaults.get(key));
  }

  Section section(String key) {
    return section(key, (ConfigObject) defaults.get(key));
  }

  /** A section inside this one whose defaults stand somewhere else. */
  Section section(String key, ConfigObject sectionDefaults) {
    value(key);
    var value = gives(key) ? given.get(key) : ConfigValueFactory.fromMap(Map.of());
    if (value instanceof ConfigObject object) {
      return child(key, object, sectionDefaults);
    }
    problem(key, "must be a section in { }");
    return new Section(reading.silent(), prefix + key + ".", referencePrefix + key + ".",
        ConfigValueFactory.fromMap(Map.of()), sectionDefaults, new LinkedHashMap<>());
  }

  private Section child(String key, ConfigObject object, ConfigObject sectionDefaults) {
    var inner = new LinkedHashMap<String, Object>();
    resolved.put(key, inner);
    return new Section(reading, prefix + key + ".", referencePrefix + key + ".", object, sectionDefaults, inner);
  }

  /**
   * A section for one element of the list {@code key}, which goes by {@code name} in problems and by {@code kind} in
   * the reference.
   */
  Section element(String key, String name, String kind, ConfigObject element, ConfigObject elementDefaults) {
    var inner = new LinkedHashMap<String, Object>();
    return new Section(reading, prefix + key + "." + name + ".", referencePrefix + key + "." + kind + ".", element,
        elementDefaults, inner);
  }

  Map<String, Object> resolved() {
    return resolved;
  }

  void resolve(String key, Object understood) {
    resolved.put(key, understood);
  }

  /** What this section says, given or by default, without keys that the reference does not know. */
  ConfigObject effective() {
    var effective = defaults;
    for (var key : defaults.keySet()) {
      effective = gives(key) ? effective.withValue(key, effective(key)) : effective;
    }
    return effective;
  }

  /** A section that the reference gives keys keeps those of them that the user did not give. */
  private ConfigValue effective(String key) {
    boolean ofKnownKeys = defaults.get(key) instanceof ConfigObject object && !object.isEmpty();
    return ofKnownKeys ? given.get(key).withFallback(defaults.get(key)) : given.get(key);
  }

  Reading reading() {
    return reading;
  }

  /** A problem of the section as a whole, or of a key of it that nobody wrote. */
  void problem(String key, String what) {
    reading.problems().add(gives(key) ? reading.place(given.get(key).origin()) : place(), prefix + key, what);
  }

  /** Ends the reading of this section: whatever the user gave and nobody read is a problem. */
  void close(String whyUnused) {
    close(whyUnused, Set.of());
  }

  /**
   * As {@link #close(String)}; {@code knownElsewhere} are keys of sections of another kind, which have no effect
   * here.
   */
  void close(String whyUnused, Set<String> knownElsewhere) {
    for (var key : new TreeSet<>(given.keySet())) {
      boolean known = defaults.containsKey(key) || knownElsewhere.contains(key);
      if (!known) {
        problem(key, "is no known key; the nearest is " + nearest(key));
      } else if (gives(key) && !read.contains(key)) {
        problem(key, "has no effect " + whyUnused + "; leave it out");
      }
    }
  }

  /** As {@link #close(String)} for a section all of whose keys are always read. */
  void close() {
    close("here");
  }

  /** Ends the reading of a section that could not be understood: only unknown keys are named. */
  void abandon() {
    read.addAll(defaults.keySet());
    close();
  }

  /** Names the section as a whole as without effect, if the user gave it. */
  void unused(String why) {
    if (!given.isEmpty()) {
      reading.problems().add(place(), prefix.substring(0, prefix.length() - 1),
          "has no effect " + why + "; leave it out");
    }
  }

  private String nearest(String key) {
    var sibling = Nearest.of(key, defaults.keySet());
    if (Nearest.distance(key, sibling) <= 1) {
      return prefix + sibling;
    }
    // The right name in the wrong place: `rates` at the top level means load.rates.
    return reading.reference().commonKeys().stream().filter(other -> other.endsWith("." + key)).findFirst()
        .orElse(prefix + sibling);
  }

  private Optional<ConfigValue> value(String key) {
    var fallback = defaults.get(key);
    if (fallback == null) {
      throw new IllegalStateException("the reference does not know the key " + referencePrefix + key);
    }
    read.add(key);
    reading.keysRead().add(referencePrefix + key);
    var value = gives(key) ? given.get(key) : fallback;
    return value.valueType() == ConfigValueType.NULL ? Optional.empty() : Optional.of(value);
  }

  private String place() {
    return given.origin().filename() == null ? reading.file().toString() : reading.place(given.origin());
  }
}
