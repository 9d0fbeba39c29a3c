package dev.attain.schedule;

import dev.attain.schedule.ArrivalProcess.Constant;
import dev.attain.schedule.ArrivalProcess.Gamma;
import dev.attain.schedule.ArrivalProcess.Poisson;
import dev.attain.schedule.ArrivalProcess.Trace;

/** The gaps of a process at a mean of one arrival per unit of time. */
@FunctionalInterface
interface UnitGaps {

  /** Time from arrival {@code index - 1} to arrival {@code index}, or from the start to arrival 0; a pure function. */
  double gap(int index);

  static UnitGaps of(ArrivalProcess process, long seed) {
    CounterRandom random = new CounterRandom(seed);
    return switch (process) {
      case Poisson ignored -> exponential(random);
      // The same numbers as Poisson, not merely the same distribution, so that burstiness 1 changes nothing.
      case Gamma gamma when gamma.burstiness() == 1 -> exponential(random);
      case Gamma gamma -> new GammaGaps(gamma.burstiness(), random);
      case Constant ignored -> index -> index == 0 ? 0 : 1;
      case Trace trace -> recorded(trace);
    };
  }

  /** Inversion. {@code StrictMath}, because nodes of different processors must agree to the last bit. */
  private static UnitGaps exponential(CounterRandom random) {
    return index -> -StrictMath.log(random.uniform(index, 0));
  }

  private static UnitGaps recorded(Trace trace) {
    double[] seconds = trace.offsetsSeconds();
    double rate = trace.requestsPerSecond();
    return index -> index == 0 ? 0 : (seconds[index] - seconds[index - 1]) * rate;
  }
}
