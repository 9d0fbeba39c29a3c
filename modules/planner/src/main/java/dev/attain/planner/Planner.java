package dev.attain.planner;

import dev.attain.experiment.Deployment;
import dev.attain.experiment.Planning;
import dev.attain.measurement.Interval;
import dev.attain.results.DeploymentFacts;
import dev.attain.results.PlanSummary;
import dev.attain.results.PlanSummary.AttainmentCurve;
import dev.attain.results.PlanSummary.CurvePoint;
import dev.attain.results.PlanSummary.ExcludedDeployment;
import dev.attain.results.RankedDeployment;
import dev.attain.simulator.SimulatorException;
import dev.attain.workload.RequestShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ranks the deployments of a plan. */
public final class Planner {
  /** Of the best deployments, and at least the best of each kind. */
  private static final int CURVES = 3;
  /** Rates of a curve, as parts of the highest rate that holds. */
  private static final double[] CURVE_PARTS = {0.3, 0.5, 0.7, 0.8, 0.9, 1, 1.05, 1.1, 1.2, 1.35};

  private final Planning planning;
  private final List<List<RequestShape>> shapes;
  private final RateGrid grid;

  private Planner(Planning planning) {
    this.planning = planning;
    this.shapes = VirtualTrials.shapes(planning);
    this.grid = new RateGrid(planning.search().resolution());
  }

  /** What is wrong with the engines' options, a sentence each; nothing else can be wrong with a plan that was read. */
  public static List<String> problems(Planning planning) {
    return planning.deployments().stream().flatMap(deployment -> PlannedEngines.problems(deployment).stream())
        .distinct().toList();
  }

  /**
   * Searches every deployment and ranks them by their highest rate for each GPU; the result does not depend on the
   * number of threads.
   *
   * @param threads how many deployments are searched at a time, at least 1
   * @throws InterruptedException when the calling thread is interrupted; the work stops
   */
  public static PlanSummary plan(Planning planning, int threads, PlanProgress progress) throws InterruptedException {
    return new Planner(planning).ranked(new ParallelWork(threads, progress));
  }

  /** A deployment that can exist, with what was found about it. */
  private record Candidate(Deployment deployment, PlannedEngines engines, DeploymentSearch.Result result) {
    RankedDeployment unranked(Planning planning) {
      var rate = Student.estimate(result.rates(), planning.search().resolution());
      return new RankedDeployment(0, DeploymentFacts.of(deployment), rate, Student.divided(rate, deployment.gpus()),
          result.rates(), false, result.binding(), result.ttft(), result.tpot(), engines.instances(), result.notes());
    }
  }

  private PlanSummary ranked(ParallelWork work) throws InterruptedException {
    var excluded = new ArrayList<ExcludedDeployment>();
    var searches = new ArrayList<Callable<Candidate>>();
    for (var deployment : planning.deployments()) {
      try {
        var engines = PlannedEngines.of(deployment, planning.model().limits().contextTokens());
        searches.add(() -> searched(deployment, engines));
      } catch (SimulatorException e) {
        excluded.add(new ExcludedDeployment(DeploymentFacts.of(deployment), e.getMessage()));
      }
    }
    var candidates = new ArrayList<>(work.all("deployments", searches));
    candidates.sort(Comparator.comparingDouble(
        (Candidate candidate) -> candidate.unranked(planning).maxRatePerGpu().mean()).reversed());
    return PlanSummary.of(planning, gpus(), ranking(candidates), excluded, curves(candidates, work));
  }

  private Candidate searched(Deployment deployment, PlannedEngines engines) {
    var search = new DeploymentSearch(planning.search(), planning.target(), trials(engines));
    return new Candidate(deployment, engines, search.search(deployment.gpus()));
  }

  private VirtualTrials trials(PlannedEngines engines) {
    return new VirtualTrials(planning, engines.engines(), shapes);
  }

  private List<RankedDeployment> ranking(List<Candidate> candidates) {
    var ranking = new ArrayList<RankedDeployment>();
    for (var candidate : candidates) {
      var unranked = candidate.unranked(planning);
      double best = ranking.isEmpty() ? 0 : ranking.getFirst().maxRatePerGpu().low();
      ranking.add(unranked.at(ranking.size() + 1, unranked.maxRatePerGpu().high() >= best));
    }
    return ranking;
  }

  private List<AttainmentCurve> curves(List<Candidate> candidates, ParallelWork work) throws InterruptedException {
    var points = new ArrayList<Callable<CurvePoint>>();
    var shown = shown(candidates);
    for (var candidate : shown) {
      int best = candidate.result().firstStep().orElseThrow();
      for (double part : CURVE_PARTS) {
        points.add(() -> point(candidate, grid.rate(best + step(part))));
      }
    }
    var found = work.all("points of curves", points);
    var curves = new ArrayList<AttainmentCurve>();
    for (int index = 0; index < shown.size(); index++) {
      var deployment = shown.get(index).deployment();
      curves.add(new AttainmentCurve(deployment.name(), deployment.gpus(),
          found.subList(index * CURVE_PARTS.length, (index + 1) * CURVE_PARTS.length)));
    }
    return curves;
  }

  /** Steps from the highest rate to a part of it. */
  private int step(double part) {
    return (int) Math.round(Math.log(part) / Math.log1p(planning.search().resolution()));
  }

  private static List<Candidate> shown(List<Candidate> candidates) {
    var holding = candidates.stream().filter(candidate -> candidate.result().firstStep().isPresent()).toList();
    var ofEachKind = Stream.of(Deployment.Colocated.class, Deployment.Disaggregated.class)
        .flatMap(kind -> holding.stream().filter(candidate -> kind.isInstance(candidate.deployment())).limit(1));
    return Stream.concat(holding.stream().limit(CURVES), ofEachKind).distinct().toList();
  }

  private CurvePoint point(Candidate candidate, double rate) {
    var shares = trials(candidate.engines()).run(0, rate, planning.search().requests()).whole();
    double planned = shares.planned();
    var interval = Interval.wilson95(shares.metBoth(), shares.planned());
    return new CurvePoint(rate, shares.metBoth() / planned, shares.metTtft() / planned, shares.metTpot() / planned,
        interval.low(), interval.high());
  }

  private String gpus() {
    return planning.deployments().stream().map(deployment -> PlannedEngines.simulator(deployment).gpu()).distinct()
        .collect(Collectors.joining(", "));
  }
}
