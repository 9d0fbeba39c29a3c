package dev.attain.experiment;

import dev.attain.schedule.ArrivalProcess;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads configuration files. Stateless; any thread. */
public final class ExperimentReader {
  private ExperimentReader() {}

  /**
   * Reads one experiment.
   *
   * @param file a HOCON file; what it includes and the traces it names are relative to it
   * @param overrides keys with their values, which win over the file ({@code -D key=value})
   * @param environment what {@code ${VAR}} and {@code ${?VAR}} in the file stand for; variables that are set but
   *     empty count as not set
   * @throws ConfigurationException with every problem found, not only the first
   */
  public static Experiment read(Path file, Map<String, String> overrides, Map<String, String> environment)
      throws ConfigurationException {
    return read(file, overrides, environment, new HashSet<>());
  }

  /** As the public one; adds the keys that were looked at to {@code keysRead}. */
  static Experiment read(Path file, Map<String, String> overrides, Map<String, String> environment,
      Set<String> keysRead)
      throws ConfigurationException {
    return CommonPart.read(file, overrides, environment, keysRead, ExperimentReader::experiment);
  }

  private static Experiment experiment(CommonPart common) {
    var root = common.root();
    var loadSection = root.section("load");
    var asked = common.requests((workload, traces) -> arrivals(root, loadSection, workload, traces));
    var load = LoadSection.read(loadSection);
    LoadSection.checkProfile(loadSection, load, asked.arrivals() instanceof ArrivalProcess.Trace);
    var objectives = common.objectives();
    var modelSection = root.section("model", "name");
    var deployments = DeploymentsSection.read(root, ModelSection.name(modelSection));
    var model = ModelSection.read(modelSection, deployments);
    var identity = common.identity();
    var nodes = NodesSection.read(root.section("nodes"));
    var warmUp = LimitsSection.warmUp(root.section("warm-up"));
    var requests = RequestsSection.read(root.section("requests"), asked.workload().form(),
        deployments.stream().anyMatch(Deployment.External.class::isInstance));
    LoadSection.checkParts(loadSection, load, nodes, requests);
    var monitoring = LimitsSection.monitoring(root.section("monitoring"));
    var validity = LimitsSection.validity(root.section("validity"));
    var deadlines = LimitsSection.deadlines(root.section("deadlines"));
    var assertions = AssertionsKey.read(root.get("assert"), deployments, load.loop());
    // A file may serve both; what is only for a plan is checked and takes no part.
    PlanSection.read(root.section("plan"));
    common.leaveOut("plan");
    return new Experiment(identity.name(), identity.dataset(), model, identity.seed(), asked.arrivals(),
        asked.workload(), load, objectives.slo(), objectives.target(), deployments, nodes, warmUp, requests, monitoring,
        validity, deadlines, assertions, common.close());
  }

  /** In a closed loop there are none; Poisson stands for them. */
  private static ArrivalProcess arrivals(Section root, Section load, Section workload, Traces traces) {
    if (!LoadSection.closed(load)) {
      return ArrivalsSection.read(root.section("arrivals", "kind"), workload, traces);
    }
    if (root.gives("arrivals")) {
      root.section("arrivals", "kind").abandon();
      root.problem("arrivals",
          "has no effect in a closed loop (load.concurrency), where the server sets the pace; leave it out");
    }
    return new ArrivalProcess.Poisson();
  }
}
