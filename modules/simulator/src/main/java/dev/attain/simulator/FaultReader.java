package dev.attain.simulator;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads faults as they are written in flags and headers: {@code KIND} or {@code KIND:key=value,key=value}. */
final class FaultReader {

  private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m)");
  private static final Pattern COUNT = Pattern.compile("\\d{1,9}");
  private static final Map<String, Double> NANOS = Map.of("ms", 1e6, "s", 1e9, "m", 60e9);

  private final String text;

  private FaultReader(String text) {
    this.text = text;
  }

  /**
   * Reads what a flag says.
   *
   * @throws SimulatorException
   *           with one sentence that tells what is wrong and what would be right
   */
  static Fault read(String text) throws SimulatorException {
    return new FaultReader(text).fault();
  }

  private Fault fault() throws SimulatorException {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    FaultKind kind = FaultKind.find(name)
        .orElseThrow(() -> problem("there is no fault " + name + "; the nearest is "
            + Nearest.of(name, FaultKind.names()) + ", all are " + String.join(", ", FaultKind.names())));
    Map<FaultKey, Double> values = new EnumMap<>(FaultKey.class);
    for (String pair : colon < 0 ? new String[0] : text.substring(colon + 1).split(",", -1)) {
      readPair(kind, pair, values);
    }
    for (FaultKey key : kind.needed()) {
      if (!values.containsKey(key)) {
        throw problem(kind.wireName() + " needs " + key.wireName() + "=" + example(key));
      }
    }
    if (kind.strikesEngineAtInstant() && values.containsKey(FaultKey.AT)
        && (values.containsKey(FaultKey.RATE) || values.containsKey(FaultKey.AFTER))) {
      throw problem("with at, " + kind.wireName() + " happens to the whole engine and takes neither rate nor after; "
          + "leave at out for single requests");
    }
    return new Fault(kind, values);
  }

  private void readPair(FaultKind kind, String pair, Map<FaultKey, Double> values) throws SimulatorException {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    Optional<FaultKey> key = Arrays.stream(FaultKey.values())
        .filter(each -> each.wireName().equals(name) && kind.keys().contains(each)).findFirst();
    if (key.isEmpty()) {
      throw problem(kind.wireName() + " has no \"" + name + "\"; "
          + (kind.keys().isEmpty() ? "it takes nothing" : "it takes " + kind.keyNames()));
    }
    String value = equals < 0 ? "" : pair.substring(equals + 1);
    Optional<Double> number = number(key.get(), value);
    if (number.isEmpty()) {
      throw problem(name + " is \"" + value + "\" and has to be " + shape(key.get()) + ", such as " + name + "="
          + example(key.get()));
    }
    if (values.put(key.get(), number.get()) != null) {
      throw problem(name + " is given twice; give it once");
    }
  }

  private static Optional<Double> number(FaultKey key, String value) {
    return switch (key) {
      case RATE -> decimal(value).filter(share -> share <= 1);
      case FACTOR -> decimal(value);
      case AT, FOR -> nanos(value);
      case RETRY_AFTER -> nanos(value).filter(nanos -> nanos % NANOS.get("s") == 0);
      case AFTER -> COUNT.matcher(value).matches() ? Optional.of(Double.valueOf(value)) : Optional.empty();
      case BY -> COUNT.matcher(value).matches() && Double.parseDouble(value) > 0
          ? Optional.of(Double.valueOf(value))
          : Optional.empty();
    };
  }

  private static Optional<Double> decimal(String value) {
    try {
      return Optional.of(Double.valueOf(value)).filter(number -> number > 0 && Double.isFinite(number));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Double> nanos(String value) {
    Matcher time = TIME.matcher(value);
    return time.matches()
        ? Optional.of(Double.parseDouble(time.group(1)) * NANOS.get(time.group(2)))
        : Optional.empty();
  }

  private static String shape(FaultKey key) {
    return switch (key) {
      case RATE -> "a share above 0 and up to 1";
      case FACTOR -> "a number above 0";
      case AT, FOR -> "a time in ms, s or m";
      case RETRY_AFTER -> "a time in whole seconds";
      case AFTER -> "a whole number";
      case BY -> "a whole number above 0";
    };
  }

  private static String example(FaultKey key) {
    return switch (key) {
      case RATE -> "0.01";
      case FACTOR -> "3";
      case AT -> "10s";
      case FOR, RETRY_AFTER -> "2s";
      case AFTER -> "5";
      case BY -> "1";
    };
  }

  private SimulatorException problem(String what) {
    return new SimulatorException("\"" + text + "\": " + what);
  }
}
