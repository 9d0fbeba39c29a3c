package dev.attain.simulator;

import java.net.URI;

/** A running simulated engine: one step clock behind one OpenAI-compatible HTTP port. */
public final class SimulatorServer implements AutoCloseable {

  private SimulatorServer() {}

  /**
   * Starts an engine and returns once its port answers.
   *
   * @throws SimulatorException
   *           when a port is taken, or model, GPU and flags do not fit together
   */
  public static SimulatorServer start(SimulatorOptions options) throws SimulatorException {
    throw new UnsupportedOperationException("the simulator server is not built yet");
  }

  /** Base address, for example {@code http://127.0.0.1:8000}. */
  public URI uri() {
    throw new UnsupportedOperationException("the simulator server is not built yet");
  }

  /** Port of the HTTP server. */
  public int port() {
    throw new UnsupportedOperationException("the simulator server is not built yet");
  }

  /** Stops accepting, ends open responses and frees both ports. */
  @Override
  public void close() {
    throw new UnsupportedOperationException("the simulator server is not built yet");
  }
}
