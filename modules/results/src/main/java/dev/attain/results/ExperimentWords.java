package dev.attain.results;

import dev.attain.experiment.Experiment;
import dev.attain.experiment.Validity;
import dev.attain.schedule.ArrivalProcess;
import java.time.Duration;

/** The parts of an experiment as the manifest says them: numbers in seconds, processes in words. */
final class ExperimentWords {
  private ExperimentWords() {}

  static Objectives objectives(Experiment experiment) {
    return new Objectives(seconds(experiment.slo().ttft()), seconds(experiment.slo().tpot()), experiment.target());
  }

  static Limits limits(Experiment experiment) {
    Validity validity = experiment.validity();
    return new Limits(seconds(validity.sendLagLimit(experiment.slo())), seconds(validity.startSkew()),
        seconds(validity.clockBound()), validity.loopUtilisation(), seconds(validity.gcPause()));
  }

  static String arrivals(ArrivalProcess process) {
    return switch (process) {
      case ArrivalProcess.Poisson poisson -> "Poisson";
      case ArrivalProcess.Gamma gamma -> "gamma, burstiness " + gamma.burstiness();
      case ArrivalProcess.Constant constant -> "constant";
      case ArrivalProcess.Trace trace -> "recorded trace";
    };
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
