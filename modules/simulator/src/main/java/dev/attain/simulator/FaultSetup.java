package dev.attain.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is to go wrong with an engine.
 *
 * @param faults
 *          in the order given; of those that would strike a request the first does
 * @param byHeader
 *          whether requests may ask for faults of their own
 * @param seed
 *          decides which requests are struck
 */
record FaultSetup(List<Fault> faults, boolean byHeader, long seed) {

  static final String FLAG = "--sim-fault";
  static final String HEADER = "X-Attain-Fault";

  FaultSetup {
    faults = List.copyOf(faults);
  }

  /** Reads the flags about faults. */
  static FaultSetup from(FlagValues flags, long seed) throws SimulatorException {
    List<Fault> faults = new ArrayList<>();
    for (String text : flags.texts(FLAG)) {
      faults.add(read(FLAG, text));
    }
    return new FaultSetup(faults, flags.has("--sim-allow-faults"), seed);
  }

  /** Reads what a request asks to suffer. */
  static Fault ofHeader(String text) throws SimulatorException {
    Fault fault = read(HEADER, text);
    if (!fault.strikesRequests() || fault.hasInstant()) {
      throw new SimulatorException(
          HEADER + " \"" + text + "\": a request can suffer only what strikes single requests, "
              + "without at; give this to " + FLAG);
    }
    return fault;
  }

  /** What strikes the engine as a whole. */
  List<Fault> ofEngine() {
    return faults.stream().filter(Fault::strikesEngine).toList();
  }

  List<Fault> ofRequests() {
    return faults.stream().filter(Fault::strikesRequests).toList();
  }

  /** When the process is to end, in nanoseconds after its start. */
  Optional<Long> crashNanos() {
    return ofEngine().stream().filter(fault -> fault.kind() == FaultKind.CRASH).map(Fault::atNanos)
        .min(Long::compare);
  }

  boolean neverReady() {
    return faults.stream().anyMatch(fault -> fault.kind() == FaultKind.NEVER_READY);
  }

  /** The part of the help that explains faults. */
  static String help() {
    StringBuilder text = new StringBuilder("Faults: " + FLAG + " KIND[:key=value,...], as often as wanted; with "
        + "--sim-allow-faults also as the header " + HEADER + " of a request.\n");
    int width = FaultKind.names().stream().mapToInt(String::length).max().orElse(0);
    for (FaultKind kind : FaultKind.values()) {
      text.append("  ").append(padded(kind.wireName(), width)).append(kind.meaning())
          .append(kind.keys().isEmpty() ? "" : " [" + kind.keyNames() + "]").append('\n');
    }
    text.append("Their keys:\n");
    Arrays.stream(FaultKey.values()).forEach(
        key -> text.append("  ").append(padded(key.wireName(), width)).append(key.meaning()).append('\n'));
    return text.toString();
  }

  private static String padded(String name, int width) {
    return name + " ".repeat(width - name.length() + 2);
  }

  private static Fault read(String where, String text) throws SimulatorException {
    try {
      return FaultReader.read(text);
    } catch (SimulatorException e) {
      throw new SimulatorException(where + " " + e.getMessage());
    }
  }
}
