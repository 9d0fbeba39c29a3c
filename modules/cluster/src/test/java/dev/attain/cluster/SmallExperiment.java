package dev.attain.cluster;

import dev.attain.experiment.ConfigurationException;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.ExperimentReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** One colocated deployment, one point of ten requests, one load node that somebody else starts. */
final class SmallExperiment {
  private SmallExperiment() {}

  static Experiment in(Path folder) throws IOException, ConfigurationException {
    return in(folder, "");
  }

  /** With further lines of configuration. */
  static Experiment in(Path folder, String lines) throws IOException, ConfigurationException {
    Path file = Files.writeString(folder.resolve("small.conf"), """
      load { rates = [2], requests = 10 }
      slo { ttft = 500 ms, tpot = 30 ms }
      model.name = llama-3.1-8b
      nodes.spawn-locally = false
      deployments = [{ name = colocated, kind = colocated }]
      """ + lines);
    return ExperimentReader.read(file, Map.of(), Map.of());
  }
}
