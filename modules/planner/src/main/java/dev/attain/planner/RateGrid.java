package dev.attain.planner;

/**
 * The rates that are tried: whole powers of (1 + resolution), in requests per second.
 *
 * @param resolution above 0
 */
record RateGrid(double resolution) {
  private static final double LOWEST_RATE = 0.01;
  private static final double HIGHEST_RATE = 1e5;

  double rate(int step) {
    return Math.pow(1 + resolution, step);
  }

  /** The highest step whose rate is not above {@code rate}. */
  int step(double rate) {
    return (int) Math.floor(Math.log(rate) / Math.log1p(resolution) + 1e-9);
  }

  /** Steps from a rate to its multiple, at least 1. */
  int steps(double factor) {
    return Math.max(1, (int) Math.round(Math.log(factor) / Math.log1p(resolution)));
  }

  /** So low that requests hardly ever meet. */
  int lowest() {
    return step(LOWEST_RATE);
  }

  /** Beyond what anything serves. */
  int highest() {
    return step(HIGHEST_RATE);
  }
}
