package dev.attain.experiment;

import dev.attain.measurement.Slo;
import dev.attain.schedule.ArrivalProcess;
import dev.attain.schedule.RateProfile;
import java.util.List;

/**
 * What {@code attain plan} is asked, validated: which of these deployments serves most requests a second for each GPU
 * within the objectives. The same arrivals, requests and objectives as those of an {@link Experiment}.
 *
 * @param name fit to be a folder's name
 * @param dataset name of the folder under the results that the bundle goes to
 * @param seed of the first repeat; the others take the next ones
 * @param target share (0..1, both excluded) of requests that must meet the objectives
 * @param deployments at least one, names unique, every engine an {@link Engine.Simulator}: those of the list first, then
 *     those of the grid
 * @param search how each deployment's highest rate is looked for
 */
public record Planning(String name, String dataset, Model model, long seed, ArrivalProcess arrivals,
    RateProfile profile, WorkloadDefinition workload, Slo slo, double target, List<Deployment> deployments,
    Search search, ResolvedConfiguration resolved) {

  /**
   * How a highest rate is looked for.
   *
   * @param requests of one run at one rate, at least 100
   * @param seeds how many independent repeats an interval comes from, 2 to 30
   * @param resolution relative distance of neighbouring rates, 0.001 to 0.25
   */
  public record Search(int requests, int seeds, double resolution) {}

  public Planning {
    deployments = List.copyOf(deployments);
  }
}
