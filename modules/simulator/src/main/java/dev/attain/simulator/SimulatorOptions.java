package dev.attain.simulator;

import java.util.List;
import java.util.Map;

/** What a simulated engine was asked to be: the flags of {@code vllm serve} plus the {@code --sim-} ones. */
public final class SimulatorOptions {

  private final ServingSetup serving;
  private final EngineSetup engine;
  private final KvTransferSetup kvTransfer;
  private final List<String> withoutEffect;

  private SimulatorOptions(ServingSetup serving, EngineSetup engine, KvTransferSetup kvTransfer,
      List<String> withoutEffect) {
    this.serving = serving;
    this.engine = engine;
    this.kvTransfer = kvTransfer;
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
    return new SimulatorOptions(ServingSetup.from(flags, environment), EngineSetup.from(flags, kvTransfer.lease()),
        kvTransfer, flags.withoutEffect());
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

  /** Given flags that the simulator accepts only so that real command lines can be reused. */
  List<String> withoutEffect() {
    return withoutEffect;
  }
}
