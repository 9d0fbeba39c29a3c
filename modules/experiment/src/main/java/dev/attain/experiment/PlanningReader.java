package dev.attain.experiment;

import com.typesafe.config.ConfigObject;
import dev.attain.schedule.ArrivalProcess;
import dev.attain.schedule.Extent;
import dev.attain.schedule.RateProfile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Reads configuration files for a plan. Stateless; any thread. */
public final class PlanningReader {
  /** They say how a run measures; only their keys are checked here, so that one file serves both. */
  private static final List<String> FOR_RUNS = List.of("nodes", "warm-up", "requests", "monitoring", "validity",
      "deadlines");

  private PlanningReader() {}

  /**
   * Reads what is to be planned; the arguments are those of {@link ExperimentReader#read}.
   *
   * @throws ConfigurationException with every problem found, not only the first
   */
  public static Planning read(Path file, Map<String, String> overrides, Map<String, String> environment)
      throws ConfigurationException {
    var reading = new Reading(file, Reference.packaged(), Map.copyOf(environment), new Problems(), new HashSet<>());
    var given = ConfigurationFile.read(reading, overrides);
    var planning = planning(reading, given);
    reading.problems().throwIfAny();
    return planning;
  }

  private static Planning planning(Reading reading, ConfigObject given) {
    var resolved = new LinkedHashMap<String, Object>();
    var root = Section.root(reading, given, reading.reference().root(), resolved);
    var traces = new Traces();
    var workloadSection = root.section("workload");
    var workload = WorkloadSection.read(workloadSection, traces);
    var arrivals = ArrivalsSection.read(root.section("arrivals", "kind"), workloadSection, traces);
    WorkloadSection.close(workloadSection);
    var profile = profile(root, arrivals);
    var sloSection = root.section("slo");
    var slo = LimitsSection.slo(sloSection);
    double target = LimitsSection.target(sloSection);
    var asked = PlanSection.read(root.section("plan"));
    var modelSection = root.section("model", "name");
    var deployments = DeploymentsSection.readForPlan(root, ModelSection.name(modelSection), asked.grid());
    var model = ModelSection.read(modelSection, deployments);
    var name = root.optional("name").flatMap(Names::fileSafe).orElse(Names.ofFile(reading.file()));
    var dataset = root.optional("dataset").flatMap(Names::fileSafe).orElse(WorkloadSection.dataset(workloadSection));
    long seed = Numbers.wholeLong(root.get("seed"), Long.MIN_VALUE, Long.MAX_VALUE);
    for (var section : FOR_RUNS) {
      root.section(section).abandon();
      resolved.remove(section);
    }
    root.resolve("name", name);
    root.resolve("dataset", dataset);
    root.close();
    return new Planning(name, dataset, model, seed, arrivals, profile, workload, slo, target, deployments,
        asked.search(), new ResolvedConfiguration(ExperimentReader.json(resolved), reading.file()));
  }

  /** Of the loads only how the rate changes within a run: the rates themselves are what is looked for. */
  private static RateProfile profile(Section root, ArrivalProcess arrivals) {
    var section = root.section("load");
    var profile = ProfileSection.read(section.section("profile", "kind"));
    LoadSection.checkProfile(section,
        new LoadPlan(new Loop.Open(List.of(1.0), profile, OptionalInt.empty()), 1, new Extent.Requests(1)),
        arrivals instanceof ArrivalProcess.Trace);
    if (section.gives("max-in-flight")) {
      section.problem("max-in-flight",
          "cannot be planned: in a plan every request arrives when it is due; leave it out");
    }
    section.abandon();
    root.resolve("load", Map.of("profile", section.resolved().get("profile")));
    return profile;
  }
}
