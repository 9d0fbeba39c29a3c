package dev.attain.cli;

import dev.attain.cluster.DeploymentPreview;
import dev.attain.engines.SelfCommand;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.ExperimentReader;
import dev.attain.experiment.Lead;
import dev.attain.experiment.Load;
import dev.attain.experiment.Loop;
import dev.attain.experiment.Point;
import dev.attain.experiment.SearchedExperiment;
import dev.attain.schedule.ArrivalSchedule;
import dev.attain.schedule.Extent;
import dev.attain.schedule.Flanks;
import dev.attain.schedule.RateProfile;
import dev.attain.workload.Workload;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attain check}: what a run would do; starts nothing. */
@Command(name = "check", mixinStandardHelpOptions = true, description = "Validates a configuration and prints its points, instances and command lines; starts nothing.")
final class CheckCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CONF", description = "The experiment's configuration file.")
  private Path configuration;

  @Option(names = "-D", paramLabel = "KEY=VALUE", description = "Overrides one key of the configuration.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Override
  public Integer call() {
    if (!ExperimentReader.searches(configuration, overrides, System.getenv())) {
      return points(List.of());
    }
    Optional<SearchedExperiment> searched = ExperimentFile.readSearch(configuration, overrides, System.err);
    if (searched.isEmpty()) {
      return ExitCode.BAD_CONFIGURATION.code();
    }
    List<String> search = CostWords.of(searched.get());
    if (ExperimentReader.onlySearches(configuration, overrides, System.getenv())) {
      show(searched.get().experiment(), search, System.out);
      return ExitCode.SUCCESS.code();
    }
    return points(search);
  }

  /** Of a file that lists them. */
  private int points(List<String> search) {
    Optional<Experiment> experiment = ExperimentFile.read(configuration, overrides, System.err);
    experiment.ifPresent(good -> show(good, search, System.out));
    return (experiment.isPresent() ? ExitCode.SUCCESS : ExitCode.BAD_CONFIGURATION).code();
  }

  /** @param search what attain find-rate would do, a line each; empty where the file does not ask for it */
  private static void show(Experiment experiment, List<String> search, PrintStream out) {
    out.println(configurationLine(experiment));
    for (Deployment deployment : experiment.deployments()) {
      out.println();
      out.printf("%s: %d GPUs%n", deployment.name(), deployment.gpus());
      DeploymentPreview
          .lines(deployment, experiment.model(), SelfCommand.ofThisJvm(), placement(experiment, deployment, out))
          .forEach(line -> out.println("  " + line));
      experiment.points(deployment).forEach(point -> out.println("  " + point(experiment, point)));
    }
    if (!search.isEmpty()) {
      out.println();
      out.println("attain find-rate:");
      search.forEach(line -> out.println("  " + line));
    }
    out.println();
    out.println("The configuration is good.");
  }

  private static String point(Experiment experiment, Point point) {
    Workload workload = experiment.workload().workload(experiment.model().limits(), point.seed());
    return switch (point.load()) {
      case Load.Rate rate -> {
        RateProfile profile = experiment.load().loop() instanceof Loop.Open open
            ? open.profile()
            : new RateProfile.Flat();
        ArrivalSchedule schedule = ArrivalSchedule.plan(experiment.arrivals(), profile, point.seed(),
            rate.perSecond(), experiment.load().extent());
        Lead lead = experiment.load().lead();
        Flanks flanks = schedule.flanks(lead.in(), lead.out());
        yield String.format(Locale.ROOT, "%s: %d requests, %d of them cut to the context%s, schedule %.23s...",
            point.id(), schedule.size(), workload.cutToContext(schedule.size()), around(flanks),
            flanks.hash());
      }
      case Load.Concurrency users -> String.format(Locale.ROOT,
          "%s: %s, no schedule: closed loop, the server sets the pace", point.id(), extent(experiment, workload));
    };
  }

  private static String around(Flanks flanks) {
    int before = flanks.before().length;
    int after = flanks.after().length;
    return before + after == 0 ? "" : ", " + before + " unmeasured ones before and up to " + after + " after them";
  }

  private static String extent(Experiment experiment, Workload workload) {
    return switch (experiment.load().extent()) {
      case Extent.Requests(int count) -> count + " requests, " + workload.cutToContext(count)
          + " of them cut to the context";
      case Extent.Time(Duration duration) -> "as many requests as begin within " + duration.toSeconds() + " s";
    };
  }

  /** Other engine nodes may have what this machine lacks, so that this is a remark and not a problem. */
  private static Map<String, List<Integer>> placement(Experiment experiment, Deployment deployment, PrintStream out) {
    DeploymentPreview.modelProblem(deployment, experiment.model())
        .ifPresent(problem -> out.println("  on this machine: " + problem));
    try {
      return DeploymentPreview.placement(deployment, experiment.model());
    } catch (IOException e) {
      out.println("  on this machine alone: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Map.of();
  }

  private static String configurationLine(Experiment experiment) {
    return "%s: %s; %d load nodes; TTFT %d ms, TPOT %d ms, target %s %%".formatted(experiment.name(),
        experiment.workload().description(), experiment.nodes().load(), experiment.slo().ttft().toMillis(),
        experiment.slo().tpot().toMillis(), 100 * experiment.target());
  }
}
