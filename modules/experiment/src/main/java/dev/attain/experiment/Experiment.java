package dev.attain.experiment;

import dev.attain.measurement.Slo;
import dev.attain.schedule.ArrivalProcess;
import java.util.ArrayList;
import java.util.List;

/**
 * What a configuration file describes, validated: deployments times load points, with workload, objectives and nodes.
 *
 * @param name fit to be a folder's name
 * @param dataset name of the folder under the results that the bundle goes to
 * @param target share (0..1, both excluded) of planned requests that must meet the objectives
 * @param deployments at least one, names unique
 */
public record Experiment(String name, String dataset, Model model, long seed, ArrivalProcess arrivals,
    WorkloadDefinition workload, LoadPlan load, Slo slo, double target, List<Deployment> deployments, Nodes nodes,
    WarmUp warmUp,
    RequestPolicy requests, Monitoring monitoring, Validity validity, Deadlines deadlines, List<Assertion> assertions,
    ResolvedConfiguration resolved) {
  public Experiment {
    deployments = List.copyOf(deployments);
    assertions = List.copyOf(assertions);
  }

  /** The same experiment with requests that carry the name the engine gave. */
  public Experiment servedAs(String modelName) {
    return new Experiment(name, dataset, model.named(modelName), seed, arrivals, workload, load, slo, target,
        deployments, nodes,
        warmUp, requests, monitoring, validity, deadlines, assertions, resolved);
  }

  /** The points of a deployment in the order they are measured: load by load, its repeats one after the other. */
  public List<Point> points(Deployment deployment) {
    var points = new ArrayList<Point>();
    for (Load each : load.loop().loads()) {
      for (int repeat = 1; repeat <= load.repeats(); repeat++) {
        points.add(new Point(deployment.name(), each, repeat, seed + repeat - 1));
      }
    }
    return List.copyOf(points);
  }
}
