package dev.attain.simulator;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a simulated engine was asked to be: the flags of {@code vllm serve} plus the {@code --sim-} ones. */
public final class SimulatorOptions {

  private final ServingSetup serving;
  private final EngineSetup engine;
  private final KvTransferSetup kvTransfer;
  private final FaultSetup faults;
  private final Optional<Path> truth;
  private final ServedFeatures features;
  private final List<String> withoutEffect;

  private SimulatorOptions(ServingSetup serving, EngineSetup engine, KvTransferSetup kvTransfer,
      FaultSetup faults, Optional<Path> truth, ServedFeatures features, List<String> withoutEffect) {
    this.serving = serving;
    this.engine = engine;
    this.kvTransfer = kvTransfer;
    this.faults = faults;
    this.truth = truth;
    this.features = features;
    this.withoutEffect = List.copyOf(withoutEffect);
  }

  /**
   * Reads a command line.
   *
   * @param arguments
   *          flags as given to {@code vllm serve}; port 0 takes any free port
   * @param environment
   *          variables, of which {@code VLLM_NIXL_SIDE_CHANNEL_HOST}, {@code VLLM_NIXL_SIDE_CHANNEL_PORT} and
   *          {@code VLLM_HTTP_TIMEOUT_KEEP_ALIVE} are read
   * @throws SimulatorException
   *           when a flag is unknown, a value does not fit, or model and GPU do not fit each other
   */
  public static SimulatorOptions parse(List<String> arguments, Map<String, String> environment)
      throws SimulatorException {
    FlagValues flags = FlagValues.read(arguments);
    KvTransferSetup kvTransfer = KvTransferSetup.from(flags, environment);
    ServingSetup serving = ServingSetup.from(flags, environment);
    return new SimulatorOptions(serving, EngineSetup.from(flags, kvTransfer.lease()), kvTransfer,
        FaultSetup.from(flags, serving.seed()), truth(flags, serving.port()), ServedFeatures.from(flags),
        flags.withoutEffect());
  }

  ServingSetup serving() {
    return serving;
  }

  EngineSetup engine() {
    return engine;
  }

  KvTransferSetup kvTransfer() {
    return kvTransfer;
  }

  FaultSetup faults() {
    return faults;
  }

  /** Where to write what was intended; empty for nowhere. */
  Optional<Path> truth() {
    return truth;
  }

  private static Optional<Path> truth(FlagValues flags, int port) throws SimulatorException {
    Optional<String> name = flags.text("--truth").map(text -> text.replace("{port}", String.valueOf(port)));
    try {
      return name.map(Path::of);
    } catch (InvalidPathException e) {
      throw new SimulatorException("--truth: \"" + name.orElse("") + "\" is not the name of a file: " + e.getReason());
    }
  }

  ServedFeatures features() {
    return features;
  }

  /** Given flags that the simulator accepts only so that real command lines can be reused. */
  List<String> withoutEffect() {
    return withoutEffect;
  }
}
