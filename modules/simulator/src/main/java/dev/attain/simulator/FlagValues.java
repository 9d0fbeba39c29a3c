package dev.attain.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The flags of one command line with their values, each checked when it is read. */
final class FlagValues {

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private final EngineStyle style;

  private FlagValues(EngineStyle style) {
    this.style = style;
  }

  /**
   * Takes a command line apart. {@code --flag value}, {@code --flag=value} and underscores for dashes are understood.
   *
   * @throws SimulatorException
   *           for an unknown flag or a missing value
   */
  static FlagValues read(List<String> arguments) throws SimulatorException {
    FlagValues result = new FlagValues(EngineStyle.in(arguments));
    int next = 0;
    while (next < arguments.size()) {
      String argument = arguments.get(next++);
      if (!argument.startsWith("--")) {
        result.addModel(argument);
        continue;
      }
      int equals = argument.indexOf('=');
      Flag flag = result.known(equals < 0 ? argument : argument.substring(0, equals));
      List<String> given = new ArrayList<>();
      if (equals >= 0) {
        given.add(argument.substring(equals + 1));
      } else if (flag.takesValue()) {
        next = takeValues(flag, arguments, next, given);
      }
      result.values.merge(flag.name(), given, flag.value().endsWith("...") ? FlagValues::joined : (old, last) -> last);
    }
    return result;
  }

  /** Whose flags they are. */
  EngineStyle style() {
    return style;
  }

  boolean has(String flag) {
    return values.containsKey(flag);
  }

  /** Given flags that are accepted but change nothing. */
  List<String> withoutEffect() {
    return values.keySet().stream()
        .filter(name -> Flags.find(name).map(Flag::meaning).orElse("").startsWith(Flags.NO_EFFECT)).toList();
  }

  List<String> texts(String flag) {
    return values.getOrDefault(flag, List.of());
  }

  Optional<String> text(String flag) {
    return texts(flag).stream().findFirst();
  }

  int integer(String flag, int otherwise, int least, int most) throws SimulatorException {
    double number = number(flag, otherwise, least, most);
    if (number != Math.rint(number)) {
      throw new SimulatorException(flag + ": " + text(flag).orElse("") + " is not a whole number");
    }
    return (int) number;
  }

  double number(String flag, double otherwise, double least, double most) throws SimulatorException {
    if (!has(flag)) {
      return otherwise;
    }
    String text = text(flag).orElse("");
    double number = parse(text);
    if (number >= least && number <= most) {
      return number;
    }
    throw new SimulatorException(
        flag + ": \"" + text + "\" is not a number from " + readable(least) + " to " + readable(most));
  }

  private static double parse(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static String readable(double number) {
    return number == Math.rint(number) ? String.format("%.0f", number) : Double.toString(number);
  }

  private static List<String> joined(List<String> before, List<String> more) {
    return Stream.concat(before.stream(), more.stream()).toList();
  }

  private Flag known(String name) throws SimulatorException {
    String dashed = name.replace('_', '-');
    Optional<Flag> flag = Flags.find(style.flag(dashed));
    if (flag.isEmpty()) {
      throw new SimulatorException("unknown flag " + name + "; the nearest known one is " + Flags.nearest(dashed));
    }
    return flag.get();
  }

  private static int takeValues(Flag flag, List<String> arguments, int from, List<String> given)
      throws SimulatorException {
    int next = from;
    boolean several = flag.value().endsWith("...");
    while (next < arguments.size() && !arguments.get(next).startsWith("--") && (several || given.isEmpty())) {
      given.add(arguments.get(next++));
    }
    if (given.isEmpty()) {
      throw new SimulatorException(flag.name() + " needs a value: " + flag.value());
    }
    return next;
  }

  private void addModel(String argument) throws SimulatorException {
    if (values.containsKey("--model")) {
      throw new SimulatorException(
          "\"" + argument + "\" is a second model after \"" + text("--model").orElse("") + "\"; give one");
    }
    values.put("--model", List.of(argument));
  }
}
