package dev.attain.simulator;

import java.util.Optional;

/**
 * One measured figure beside the simulated one, both in milliseconds.
 *
 * @param group
 *          figures that are judged together
 * @param limit
 *          of its group; empty where figures are only shown
 */
record Comparison(String group, Optional<Calibration.Limit> limit, String point, double measuredMillis,
    double simulatedMillis) {

  /** Simulated against measured; positive when the simulator is too slow. */
  double error() {
    return simulatedMillis / measuredMillis - 1;
  }
}
