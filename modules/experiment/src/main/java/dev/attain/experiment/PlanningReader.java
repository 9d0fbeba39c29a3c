package dev.attain.experiment;

import dev.attain.schedule.ArrivalProcess;
import dev.attain.schedule.Extent;
import dev.attain.schedule.RateProfile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Reads configuration files for a plan. Stateless; any thread. */
public final class PlanningReader {
  /** They say how a run measures; only their keys are checked here, so that one file serves both. */
  private static final List<String> FOR_RUNS = List.of("nodes", "warm-up", "requests", "monitoring", "validity",
      "deadlines", FindRateSection.NAME);

  private PlanningReader() {}

  /**
   * Reads what is to be planned; the arguments are those of {@link ExperimentReader#read}.
   *
   * @throws ConfigurationException with every problem found, not only the first
   */
  public static Planning read(Path file, Map<String, String> overrides, Map<String, String> environment)
      throws ConfigurationException {
    return CommonPart.read(file, overrides, environment, new HashSet<>(), PlanningReader::planning);
  }

  private static Planning planning(CommonPart common) {
    var root = common.root();
    var asked = common.requests(
        (workload, traces) -> ArrivalsSection.read(root.section("arrivals", "kind"), workload, traces));
    var profile = profile(root, asked.arrivals());
    var objectives = common.objectives();
    var plan = PlanSection.read(root.section("plan"));
    var modelSection = root.section("model", "name");
    var deployments = DeploymentsSection.readForPlan(root, ModelSection.name(modelSection), plan.grid());
    var model = ModelSection.read(modelSection, deployments);
    var identity = common.identity();
    for (var section : FOR_RUNS) {
      root.section(section).abandon();
      common.leaveOut(section);
    }
    root.get("assert");
    common.leaveOut("assert");
    return new Planning(identity.name(), identity.dataset(), model, identity.seed(), asked.arrivals(), profile,
        asked.workload(), objectives.slo(), objectives.target(), deployments, plan.search(), common.close());
  }

  /** Of the loads only how the rate changes within a run: the rates themselves are what is looked for. */
  private static RateProfile profile(Section root, ArrivalProcess arrivals) {
    var section = root.section("load");
    var profile = ProfileSection.read(section.section("profile", "kind"));
    LoadSection.checkProfile(section,
        new LoadPlan(new Loop.Open(List.of(1.0), profile, OptionalInt.empty(), Lead.NONE), 1, new Extent.Requests(1)),
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
