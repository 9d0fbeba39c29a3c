package dev.attain.simulator;

import java.util.List;
import java.util.Map;

/** What a simulated engine was asked to be: the flags of {@code vllm serve} plus the {@code --sim-} ones. */
public final class SimulatorOptions {

  private SimulatorOptions() {}

  /**
   * Reads a command line.
   *
   * @param arguments
   *          flags as given to {@code vllm serve}; port 0 takes any free port
   * @param environment
   *          variables, of which {@code VLLM_NIXL_SIDE_CHANNEL_HOST} and {@code VLLM_NIXL_SIDE_CHANNEL_PORT} are read
   * @throws SimulatorException
   *           when a flag is unknown or a value does not fit
   */
  public static SimulatorOptions parse(List<String> arguments, Map<String, String> environment)
      throws SimulatorException {
    throw new UnsupportedOperationException("the simulator's flags are not built yet");
  }
}
