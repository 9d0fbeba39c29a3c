package dev.attain.results;

import dev.attain.experiment.Experiment;
import dev.attain.experiment.GeneratorLimits;
import dev.attain.experiment.Lead;
import dev.attain.experiment.Loop;
import dev.attain.experiment.Planning;
import dev.attain.experiment.Validity;
import dev.attain.schedule.ArrivalProcess;
import dev.attain.schedule.RateProfile;
import dev.attain.schedule.ThinkTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parts of an experiment as the manifest says them: numbers in seconds, processes in words. */
final class ExperimentWords {
  private ExperimentWords() {}

  static Limits limits(Experiment experiment) {
    Validity validity = experiment.validity();
    GeneratorLimits generator = validity.generator();
    return new Limits(seconds(validity.sendLagLimit(experiment.slo())), seconds(validity.startSkew()),
        seconds(validity.clockBound()), generator.loopUtilisation(), seconds(generator.gcPause()),
        Optional.of(seconds(validity.loopLagLimit(experiment.slo()))), Optional.of(generator.loopWaiting()),
        Optional.of(seconds(generator.stall())), Optional.of(generator.receiveDrops()));
  }

  static String arrivals(Experiment experiment) {
    return switch (experiment.load().loop()) {
      case Loop.Open open -> process(experiment.arrivals()) + profile(open.profile())
          + (open.maxInFlight().isPresent() ? ", at most " + open.maxInFlight().getAsInt() + " in flight" : "")
          + lead(open.lead());
      case Loop.Closed closed -> "closed loop, " + thinking(closed.thinkTime())
          + (closed.startOver().isZero() ? "" : ", users start over " + words(closed.startOver()));
    };
  }

  static String arrivals(Planning planning) {
    return process(planning.arrivals()) + profile(planning.profile());
  }

  private static String process(ArrivalProcess process) {
    return switch (process) {
      case ArrivalProcess.Poisson poisson -> "Poisson";
      case ArrivalProcess.Gamma gamma -> "gamma, burstiness " + gamma.burstiness();
      case ArrivalProcess.Constant constant -> "constant";
      case ArrivalProcess.Trace trace -> "recorded trace";
    };
  }

  private static String profile(RateProfile profile) {
    return switch (profile) {
      case RateProfile.Flat flat -> "";
      case RateProfile.Ramp ramp -> ", rate times " + number(ramp.from()) + " to " + number(ramp.to()) + " over "
          + words(ramp.over());
      case RateProfile.Burst burst -> ", every " + words(burst.every()) + " a burst of " + number(burst.factor())
          + " times the rate for " + words(burst.lasting());
      case RateProfile.Steps steps -> steps.steps().stream()
          .map(step -> number(step.factor()) + " for " + words(step.lasting()))
          .collect(Collectors.joining(", ", ", rate times ", ""));
    };
  }

  private static String lead(Lead lead) {
    return (lead.in().isZero() ? "" : ", " + words(lead.in()) + " lead-in")
        + (lead.out().isZero() ? "" : ", up to " + words(lead.out()) + " lead-out");
  }

  private static String thinking(ThinkTime think) {
    return switch (think) {
      case ThinkTime.None none -> "no think time";
      case ThinkTime.Constant constant -> "think time " + words(constant.length());
      case ThinkTime.Exponential exponential -> "think time exponential, mean " + words(exponential.mean());
    };
  }

  private static String words(Duration duration) {
    return number(seconds(duration)) + " s";
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
