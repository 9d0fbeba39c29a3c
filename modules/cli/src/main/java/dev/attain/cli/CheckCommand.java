package dev.attain.cli;

import dev.attain.cluster.DeploymentPreview;
import dev.attain.engines.SelfCommand;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.Point;
import dev.attain.schedule.ArrivalSchedule;
import dev.attain.workload.Workload;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
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
    Optional<Experiment> experiment = ExperimentFile.read(configuration, overrides, System.err);
    experiment.ifPresent(good -> show(good, System.out));
    return (experiment.isPresent() ? ExitCode.SUCCESS : ExitCode.BAD_CONFIGURATION).code();
  }

  private static void show(Experiment experiment, PrintStream out) {
    out.println(configurationLine(experiment));
    for (Deployment deployment : experiment.deployments()) {
      out.println();
      out.printf("%s: %d GPUs%n", deployment.name(), deployment.gpus());
      DeploymentPreview
          .lines(deployment, experiment.model(), SelfCommand.ofThisJvm(), placement(experiment, deployment, out))
          .forEach(line -> out.println("  " + line));
      for (Point point : experiment.points(deployment)) {
        ArrivalSchedule schedule = ArrivalSchedule.plan(experiment.arrivals(), point.seed(), point.rate(),
            experiment.load().extent());
        Workload workload = experiment.workload().workload(experiment.model().limits(), point.seed());
        out.printf(Locale.ROOT, "  %s: %d requests, %d of them cut to the context, schedule %.23s...%n", point.id(),
            schedule.size(), workload.cutToContext(schedule.size()), schedule.hash());
      }
    }
    out.println();
    out.println("The configuration is good.");
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
