package dev.attain.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The engine that the instances of a deployment run. */
public sealed interface Engine {

  /**
   * The built-in simulator.
   *
   * @param gpu one of {@link SimulatorPresets#gpus()}
   * @param model one of {@link SimulatorPresets#models()}
   * @param options flags with their values, names without dashes, sorted by name: {@code max-num-seqs -> 256}
   * @param extraArguments further arguments, passed on as they are
   */
  record Simulator(String gpu, String model, Map<String, String> options,
      List<String> extraArguments) implements Engine {
    public Simulator {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
      extraArguments = List.copyOf(extraArguments);
    }
  }
}
