package dev.attain.simulator;

/** Why a simulated engine cannot run, as one sentence for its user. */
public final class SimulatorException extends Exception {

  private static final long serialVersionUID = 1;

  SimulatorException(String message) {
    super(message);
  }
}
