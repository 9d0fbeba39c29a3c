package dev.attain.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a bundle is and how it came to be, written as {@code manifest.json}: component names are the names in the file.
 *
 * @param complete false from the first second on, true once everything is written
 * @param incompleteReason why it will never be complete; empty when it is, or when the program was killed
 * @param workload in words, such as {@code azure-2023-conversation, 19366 rows}
 * @param arrivals in words, such as {@code poisson}
 * @param configuration with all defaults and overrides filled in, without secrets
 */
public record Manifest(int schemaVersion, boolean complete, String incompleteReason, String name, String dataset,
    String model, String workload, String arrivals, long seed, Instant startedAt, Optional<Instant> finishedAt,
    Objectives objectives, Limits limits, Provenance provenance, List<DeploymentFacts> deployments,
    List<NodeFacts> nodes, List<ClockFacts> clocks, List<EngineFacts> engines, List<GpuFacts> gpus,
    List<PointEntry> points, List<AssertionFacts> assertions, String configurationFile, JsonNode configuration) {

  /** Copies the lists. */
  public Manifest {
    deployments = List.copyOf(deployments);
    nodes = List.copyOf(nodes);
    clocks = List.copyOf(clocks);
    engines = List.copyOf(engines);
    gpus = List.copyOf(gpus);
    points = List.copyOf(points);
    assertions = List.copyOf(assertions);
  }

  /** Assertions were about the run's own objectives. */
  Manifest judgedBy(Objectives others, List<PointEntry> judged) {
    return new Manifest(schemaVersion, complete, incompleteReason, name, dataset, model, workload, arrivals, seed,
        startedAt, finishedAt, others, limits, provenance, deployments, nodes, clocks, engines, gpus, judged,
        others.equals(objectives) ? assertions : List.of(), configurationFile, configuration);
  }

  /** Whether the rate stays the same throughout a point, as configured. */
  public boolean steadyRate() {
    String kind = configuration.at("/load/profile/kind").asText();
    return kind.isEmpty() || kind.equals("flat");
  }

  /** The deployment of this name, if the experiment has it. */
  public Optional<DeploymentFacts> deployment(String deploymentName) {
    return deployments.stream().filter(deployment -> deployment.name().equals(deploymentName)).findFirst();
  }
}
