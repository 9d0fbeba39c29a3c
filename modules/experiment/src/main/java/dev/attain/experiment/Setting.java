package dev.attain.experiment;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One value with its key and its place. A conversion that fails is reported as a problem and gives a valid stand-in,
 * so that the caller reads on; what a conversion understood goes into the resolved configuration.
 */
final class Setting {
  private final String key;
  private final ConfigValue value;
  private final Reading reading;
  private final Consumer<Object> resolved;

  Setting(String key, ConfigValue value, Reading reading, Consumer<Object> resolved) {
    this.key = key;
    this.value = value;
    this.reading = reading;
    this.resolved = resolved;
    resolved.accept(value.unwrapped());
  }

  String key() {
    return key;
  }

  ConfigValue value() {
    return value;
  }

  /** One entry of this setting, which is a section that may hold any names. */
  Setting inside(String name, ConfigValue entry) {
    return new Setting(key + "." + name, entry, reading, understood -> {});
  }

  /** A part of this setting's text, with the same key and place. */
  Setting part(String text) {
    return new Setting(key, ConfigValueFactory.fromAnyRef(text).withOrigin(value.origin()), reading, understood -> {});
  }

  /**
   * A path relative to the file that names it. One given by hand, as an override or in the environment, is relative to
   * the working folder as everywhere in a shell.
   */
  Path relative(String path) {
    return Place.file(value.origin()).map(written -> written.resolveSibling(path)).orElse(Path.of(path)).normalize();
  }

  /** The absolute path of {@code text} if there is such a file or folder, else {@code text}: a name, or not here. */
  String pathIfThere(String text) {
    try {
      var path = relative(text);
      return Files.exists(path) ? path.toAbsolutePath().normalize().toString() : text;
    } catch (InvalidPathException noPath) {
      return text;
    }
  }

  void problem(String what) {
    reading.problems().add(place(), key, what);
  }

  String place() {
    return reading.place(value.origin());
  }

  void resolve(Object understood) {
    resolved.accept(understood);
  }

  /** The value as a user wrote it, for sentences. */
  String written() {
    // The library keeps the original text of a number, but gives it only for a key.
    return scalar() ? value.atKey("value").getString("value") : value.render(ConfigRenderOptions.concise());
  }

  boolean scalar() {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> true;
      case OBJECT, LIST, NULL -> false;
    };
  }

  /** The value as text; empty text is refused. */
  Optional<String> text() {
    if (!scalar()) {
      problem("must be a text, not " + written());
      return Optional.empty();
    }
    if (written().isBlank()) {
      problem("is empty; write a text, or leave the key out");
      return Optional.empty();
    }
    resolve(written());
    return Optional.of(written());
  }

  boolean flag() {
    var text = written();
    if (!text.equals("true") && !text.equals("false")) {
      problem(text + " is neither true nor false");
      return false;
    }
    resolve(Boolean.valueOf(text));
    return text.equals("true");
  }

  /** One of an enum's names in lower case with dashes; empty when it is none of them. */
  <E extends Enum<E>> Optional<E> choice(Class<E> kind) {
    var names = Arrays.stream(kind.getEnumConstants()).map(Setting::choiceName).toList();
    return oneOf(names, "known here").map(name -> kind.getEnumConstants()[names.indexOf(name)]);
  }

  static String choiceName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One of {@code known}; {@code noun} is what any other text is not, such as "a GPU the simulator knows". */
  Optional<String> oneOf(List<String> known, String noun) {
    var text = written();
    if (known.contains(text)) {
      resolve(text);
      return Optional.of(text);
    }
    problem(text + " is not " + noun + "; the nearest is " + Nearest.of(text, known) + " (known: "
        + String.join(", ", known)
        + ")");
    return Optional.empty();
  }

  /** A number as written, without unit; empty, with a problem, for anything else. */
  Optional<BigDecimal> number(String example) {
    try {
      var number = new BigDecimal(written().trim());
      if (number.precision() - number.scale() <= 18) {
        return Optional.of(number);
      }
      problem(written() + " is too large; write for example " + example);
    } catch (NumberFormatException e) {
      problem(written() + " is not a number; write for example " + example);
    }
    return Optional.empty();
  }

  /** The elements of a list. A single value stands for a list of one, and a text is split at its commas. */
  List<Setting> elements() {
    if (scalar()) {
      var parts = value.valueType() == ConfigValueType.STRING ? written().split(",", -1) : new String[]{written()};
      return settings(
          Arrays.stream(parts).map(part -> ConfigValueFactory.fromAnyRef(part.trim()).withOrigin(value.origin()))
              .map(ConfigValue.class::cast).toList());
    }
    return wholeElements();
  }

  /** As {@link #elements}; an empty list is a problem, in the words of {@code whenEmpty}. */
  List<Setting> someElements(String whenEmpty) {
    if (value instanceof ConfigList list && list.isEmpty()) {
      problem(whenEmpty);
    }
    return elements();
  }

  /**
   * The elements of a list, none of them split; for texts that may hold commas. A single value stands for a list of
   * one.
   */
  List<Setting> wholeElements() {
    if (value instanceof ConfigList list) {
      return settings(list);
    }
    if (scalar()) {
      return settings(List.of(value));
    }
    problem("must be a list in [ ], not " + written());
    return List.of();
  }

  private List<Setting> settings(List<ConfigValue> values) {
    var understood = new ArrayList<Object>();
    values.forEach(element -> understood.add(element.unwrapped()));
    resolve(understood);
    var settings = new ArrayList<Setting>();
    for (int index = 0; index < values.size(); index++) {
      int slot = index;
      settings.add(new Setting(key, values.get(index), reading, each -> understood.set(slot, each)));
    }
    return settings;
  }
}
