package dev.attain.simulator;

/**
 * One measured figure beside the simulated one, both in milliseconds.
 *
 * @param group
 *          figures that are judged together
 */
record Comparison(String group, String point, double measuredMillis, double simulatedMillis) {

  /** Simulated against measured; positive when the simulator is too slow. */
  double error() {
    return simulatedMillis / measuredMillis - 1;
  }
}
