package dev.attain.cli;

import dev.attain.results.Contender;
import dev.attain.results.Objectives;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Objectives: as asked for, else those that everything at hand was measured against. */
final class SloOptions {
  private static final double MILLIS = 1e3;
  private static final double PERCENT = 100;
  /** A nanosecond, the grain of all stamps. */
  private static final double SHORTEST_MILLIS = 1e-6;
  private static final double LONGEST_MILLIS = 86_400_000;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--ttft-slo", paramLabel = "TIME", converter = ObjectiveConverter.class, description = "Objective for the time to first token, in ms or with a unit: 200, 0.2s (default: that of the run).")
  private Optional<Double> ttft = Optional.empty();

  @Option(names = "--tpot-slo", paramLabel = "TIME", converter = ObjectiveConverter.class, description = "Objective for the time per output token after it, likewise (default: that of the run).")
  private Optional<Double> tpot = Optional.empty();

  @Option(names = "--atta-target", paramLabel = "PERCENT", description = "Share of requests that must meet both, in percent (default: that of the run, or 90).")
  private Optional<Double> target = Optional.empty();

  /** @throws ParameterException when one is out of range, or the sides do not agree on one */
  Objectives of(List<Contender> contenders) {
    requireUsable();
    return new Objectives(
        ttft.map(it -> it / MILLIS).or(() -> common(contenders, Objectives::ttft, "--ttft-slo"))
            .orElseThrow(() -> unknown("--ttft-slo")),
        tpot.map(it -> it / MILLIS).or(() -> common(contenders, Objectives::tpot, "--tpot-slo"))
            .orElseThrow(() -> unknown("--tpot-slo")),
        target.map(it -> it / PERCENT).or(() -> common(contenders, Objectives::target, "--atta-target")).orElse(0.9));
  }

  /** The name of the first one that was given; empty when none was. */
  Optional<String> given() {
    return Stream.of(ttft.map(it -> "--ttft-slo"), tpot.map(it -> "--tpot-slo"), target.map(it -> "--atta-target"))
        .flatMap(Optional::stream).findFirst();
  }

  /** @throws ParameterException when one is out of range */
  Objectives orThoseOf(Objectives run) {
    requireUsable();
    return new Objectives(ttft.map(it -> it / MILLIS).orElse(run.ttft()),
        tpot.map(it -> it / MILLIS).orElse(run.tpot()),
        target.map(it -> it / PERCENT).orElse(run.target()));
  }

  private void requireUsable() {
    ttft.ifPresent(it -> requireTime("--ttft-slo", it));
    tpot.ifPresent(it -> requireTime("--tpot-slo", it));
    target.filter(it -> !(it > 0 && it <= PERCENT)).ifPresent(it -> {
      throw problem("--atta-target is a percentage above 0 and at most 100, not " + it);
    });
  }

  private void requireTime(String option, double millis) {
    if (!(millis >= SHORTEST_MILLIS && millis <= LONGEST_MILLIS)) {
      throw problem(option + " is a time in ms above 0 and at most a day, not " + millis);
    }
  }

  private Optional<Double> common(List<Contender> contenders, ToDoubleFunction<Objectives> objective, String option) {
    List<Double> said = contenders.stream().flatMap(it -> it.objectives().stream())
        .map(it -> objective.applyAsDouble(it)).distinct().toList();
    if (said.size() > 1) {
      throw problem("the deployments have no common SLO: they were measured against different objectives; say with "
          + option + " which one to compare at");
    }
    return said.stream().findFirst();
  }

  private ParameterException unknown(String option) {
    return problem("the files say nothing of objectives; name one with " + option + ", in ms");
  }

  private ParameterException problem(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
