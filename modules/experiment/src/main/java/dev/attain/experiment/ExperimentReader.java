package dev.attain.experiment;

import dev.attain.schedule.ArrivalProcess;
import dev.attain.schedule.Extent;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

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

  /**
   * Reads an experiment whose loads are to be found; arguments and exceptions as in {@link #read(Path, Map, Map)}. A file
   * may serve both.
   */
  public static SearchedExperiment readSearch(Path file, Map<String, String> overrides, Map<String, String> environment)
      throws ConfigurationException {
    return CommonPart.read(file, overrides, environment, new HashSet<>(), ExperimentReader::searched);
  }

  /**
   * Whether a file, with these overrides, asks to find the highest load, by a section {@code find-rate}, and leaves the loads
   * of a run open. False for a file that cannot be read.
   */
  public static boolean onlySearches(Path file, Map<String, String> overrides, Map<String, String> environment) {
    return asks(file, overrides, environment).equals(Set.of(FindRateSection.NAME));
  }

  /** Whether it has a section {@code find-rate}, whatever else it has. */
  public static boolean searches(Path file, Map<String, String> overrides, Map<String, String> environment) {
    return asks(file, overrides, environment).contains(FindRateSection.NAME);
  }

  private static Set<String> asks(Path file, Map<String, String> overrides, Map<String, String> environment) {
    try {
      return CommonPart.read(file, overrides, environment, new HashSet<>(), common -> {
        var asked = new HashSet<String>();
        if (common.root().gives(FindRateSection.NAME)) {
          asked.add(FindRateSection.NAME);
        }
        if (LoadSection.givesLoads(common.root().section("load"))) {
          asked.add("load");
        }
        return asked;
      });
    } catch (ConfigurationException unreadable) {
      return Set.of();
    }
  }

  private static Experiment experiment(CommonPart common) {
    var root = common.root();
    var loadSection = root.section("load");
    var asked = common
        .requests((workload, traces) -> arrivals(root, LoadSection.closed(loadSection), workload, traces));
    boolean toBeFound = root.gives(FindRateSection.NAME) && !LoadSection.givesLoads(loadSection);
    var load = toBeFound ? LoadSection.missing(loadSection) : LoadSection.read(loadSection);
    // A file may serve several commands; what is only for another one is checked and takes no part.
    new FindRateSection(root.section(FindRateSection.NAME));
    common.leaveOut(FindRateSection.NAME);
    return with(common, loadSection, asked, deployments -> load);
  }

  private static SearchedExperiment searched(CommonPart common) {
    var root = common.root();
    var loadSection = root.section("load");
    var search = new FindRateSection(root.section(FindRateSection.NAME));
    var asked = common.requests((workload, traces) -> arrivals(root, search.closedLoop(), workload, traces));
    var experiment = with(common, loadSection, asked,
        deployments -> LoadSection.forSearch(loadSection, search.closedLoop(), search.requests(deployments)));
    search.checkParts(experiment.nodes(), experiment.requests());
    return new SearchedExperiment(experiment, search.search(requests(experiment)));
  }

  private static int requests(Experiment experiment) {
    return experiment.load().extent() instanceof Extent.Requests(int count) ? count : 1;
  }

  private static Experiment with(CommonPart common, Section loadSection, CommonPart.Requests asked,
      Function<List<Deployment>, LoadPlan> loads) {
    var root = common.root();
    var objectives = common.objectives();
    var modelSection = root.section("model", "name");
    var deployments = DeploymentsSection.read(root, ModelSection.name(modelSection));
    var load = loads.apply(deployments);
    LoadSection.checkProfile(loadSection, load, asked.arrivals() instanceof ArrivalProcess.Trace);
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
    var assertions = AssertionsKey.read(root.get(AssertionsKey.NAME), deployments, load.loop());
    PlanSection.read(root.section("plan"));
    common.leaveOut("plan");
    return new Experiment(identity.name(), identity.dataset(), model, identity.seed(), asked.arrivals(),
        asked.workload(), load, objectives.slo(), objectives.target(), deployments, nodes, warmUp, requests, monitoring,
        validity, deadlines, assertions, common.close());
  }

  /** In a closed loop there are none; Poisson stands for them. */
  private static ArrivalProcess arrivals(Section root, boolean closed, Section workload, Traces traces) {
    if (!closed) {
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
