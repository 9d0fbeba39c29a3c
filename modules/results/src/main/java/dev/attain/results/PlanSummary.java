package dev.attain.results;

import dev.attain.experiment.Planning;
import java.util.List;

/**
 * What a plan found, written as {@code plan.json}: component names are the names in the file. Nothing in it depends on
 * when or how fast it was computed.
 *
 * @param model the simulated model
 * @param gpu the simulated GPUs, with commas between different ones
 * @param workload in words
 * @param arrivals in words
 * @param seed of the first repeat
 * @param requests of one run
 * @param seeds repeats that the intervals come from
 * @param resolution relative distance of neighbouring rates
 * @param ranking best first
 * @param excluded those that cannot exist
 * @param curves attainment over the rate of the best few, each with the requests of the first seed
 */
public record PlanSummary(int schemaVersion, String model, String gpu, String workload, String arrivals, long seed,
    Objectives objectives, int requests, int seeds, double resolution, List<RankedDeployment> ranking,
    List<ExcludedDeployment> excluded, List<AttainmentCurve> curves) {

  /** Copies the lists. */
  public PlanSummary {
    ranking = List.copyOf(ranking);
    excluded = List.copyOf(excluded);
    curves = List.copyOf(curves);
  }

  /** What was found, with what was asked. */
  public static PlanSummary of(Planning planning, String gpu, List<RankedDeployment> ranking,
      List<ExcludedDeployment> excluded, List<AttainmentCurve> curves) {
    var search = planning.search();
    return new PlanSummary(PointSummary.SCHEMA_VERSION, planning.model().name(), gpu,
        planning.workload().description(), ExperimentWords.arrivals(planning), planning.seed(),
        Objectives.of(planning.slo(), planning.target()), search.requests(), search.seeds(),
        search.resolution(), ranking, excluded, curves);
  }

  /** The content of {@code plan.csv}: a line for each deployment. */
  public String table() {
    return PlanTable.of(this);
  }

  /** A deployment that cannot exist, and why, in one sentence. */
  public record ExcludedDeployment(DeploymentFacts deployment, String reason) {}

  /** How attainment falls with the rate; points ascending. */
  public record AttainmentCurve(String deployment, int gpus, List<CurvePoint> points) {
    /** Copies the list. */
    public AttainmentCurve {
      points = List.copyOf(points);
    }
  }

  /**
   * Shares of the requests of one run.
   *
   * @param rate requests per second
   * @param low lower end of the 95 % Wilson interval of {@code both}
   * @param high upper end of it
   */
  public record CurvePoint(double rate, double both, double ttft, double tpot, double low, double high) {}
}
