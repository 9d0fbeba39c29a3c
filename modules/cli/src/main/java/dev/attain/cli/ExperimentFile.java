package dev.attain.cli;

import dev.attain.cluster.DeploymentPreview;
import dev.attain.engines.DeploymentRules;
import dev.attain.engines.RequestRules;
import dev.attain.engines.SelfCommand;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.ExperimentReader;
import dev.attain.experiment.ModelShape;
import dev.attain.experiment.SearchedExperiment;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a configuration and checks what can be known to fail before anything is started. */
final class ExperimentFile {
  private ExperimentFile() {}

  /** Empty when something is wrong with it, which has been said on {@code err} then. */
  static Optional<Experiment> read(Path configuration, Map<String, String> overrides, PrintStream err) {
    return Invocation.read(configuration, err,
        () -> ExperimentReader.read(configuration, overrides, System.getenv()), ExperimentFile::problems);
  }

  /** As {@link #read}, of a search. */
  static Optional<SearchedExperiment> readSearch(Path configuration, Map<String, String> overrides, PrintStream err) {
    return Invocation.read(configuration, err,
        () -> ExperimentReader.readSearch(configuration, overrides, System.getenv()),
        searched -> problems(searched.experiment()));
  }

  private static Stream<String> problems(Experiment experiment) {
    Optional<ModelShape> shape = ModelShape.of(experiment.model().path());
    Stream<String> ofDeployments = experiment.deployments().stream()
        .flatMap(deployment -> DeploymentRules.problems(deployment, shape).stream());
    return Stream.of(ofDeployments, RequestRules.problems(experiment).stream(), ofCommandLines(experiment))
        .flatMap(problems -> problems).distinct();
  }

  private static Stream<String> ofCommandLines(Experiment experiment) {
    return experiment.deployments().stream().flatMap(deployment -> {
      try {
        DeploymentPreview.lines(deployment, experiment.model(), SelfCommand.ofThisJvm(), Map.of());
        return Stream.empty();
      } catch (IllegalArgumentException e) {
        return Stream.of(e.getMessage());
      }
    });
  }
}
