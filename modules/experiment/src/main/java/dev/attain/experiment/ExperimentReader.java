package dev.attain.experiment;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.attain.schedule.ArrivalProcess;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
    var reading = new Reading(file, Reference.packaged(), Map.copyOf(environment), new Problems(), keysRead);
    var given = ConfigurationFile.read(reading, overrides);
    var experiment = experiment(reading, given);
    reading.problems().throwIfAny();
    return experiment;
  }

  private static Experiment experiment(Reading reading, ConfigObject given) {
    var resolved = new LinkedHashMap<String, Object>();
    var root = Section.root(reading, given, reading.reference().root(), resolved);
    var traces = new Traces();
    var workloadSection = root.section("workload");
    var workload = WorkloadSection.read(workloadSection, traces);
    var loadSection = root.section("load");
    var arrivals = arrivals(root, loadSection, workloadSection, traces);
    WorkloadSection.close(workloadSection);
    var load = LoadSection.read(loadSection);
    LoadSection.checkProfile(loadSection, load, arrivals instanceof ArrivalProcess.Trace);
    var sloSection = root.section("slo");
    var slo = LimitsSection.slo(sloSection);
    double target = LimitsSection.target(sloSection);
    var modelSection = root.section("model", "name");
    var deployments = DeploymentsSection.read(root, ModelSection.name(modelSection));
    var model = ModelSection.read(modelSection, deployments);
    var name = root.optional("name").flatMap(Names::fileSafe).orElse(Names.ofFile(reading.file()));
    var dataset = root.optional("dataset").flatMap(Names::fileSafe).orElse(WorkloadSection.dataset(workloadSection));
    long seed = Numbers.wholeLong(root.get("seed"), Long.MIN_VALUE, Long.MAX_VALUE);
    var nodes = NodesSection.read(root.section("nodes"));
    var warmUp = LimitsSection.warmUp(root.section("warm-up"));
    var requests = RequestsSection.read(root.section("requests"), workload.form(),
        deployments.stream().anyMatch(Deployment.External.class::isInstance));
    LoadSection.checkParts(loadSection, load, nodes, requests);
    var monitoring = LimitsSection.monitoring(root.section("monitoring"));
    var validity = LimitsSection.validity(root.section("validity"));
    var deadlines = LimitsSection.deadlines(root.section("deadlines"));
    // A file may serve both; what is only for a plan is checked and takes no part.
    PlanSection.read(root.section("plan"));
    resolved.remove("plan");
    root.resolve("name", name);
    root.resolve("dataset", dataset);
    root.close();
    return new Experiment(name, dataset, model, seed, arrivals, workload, load, slo, target, deployments, nodes, warmUp,
        requests, monitoring, validity, deadlines, new ResolvedConfiguration(json(resolved), reading.file()));
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

  static String json(Map<String, Object> resolved) {
    return ConfigValueFactory.fromMap(resolved).render(ConfigRenderOptions.concise().setFormatted(true));
  }
}
