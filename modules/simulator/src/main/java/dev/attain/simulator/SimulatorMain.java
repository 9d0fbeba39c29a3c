package dev.attain.simulator;

import java.io.PrintStream;

/** The command {@code attain simulate-engine}: one simulated engine as a process. */
public final class SimulatorMain {

  private SimulatorMain() {}

  /**
   * Serves until stopped.
   *
   * @return exit code: 0 stopped in order, 1 could not start, 2 bad flags
   */
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    throw new UnsupportedOperationException("the simulator is not built yet");
  }
}
