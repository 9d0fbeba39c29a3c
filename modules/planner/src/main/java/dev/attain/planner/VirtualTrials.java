package dev.attain.planner;

import dev.attain.experiment.Planning;
import dev.attain.schedule.ArrivalSchedule;
import dev.attain.schedule.Extent;
import dev.attain.simulator.VirtualDeployment;
import dev.attain.simulator.VirtualRequest;
import dev.attain.workload.RequestShape;
import dev.attain.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Runs simulated engines with the arrivals and requests that a run with the same seed would send them. */
final class VirtualTrials implements Trials {
  private final Planning planning;
  private final VirtualDeployment engines;
  private final List<List<RequestShape>> shapes;

  /** @param shapes as {@link #shapes(Planning)} gives them */
  VirtualTrials(Planning planning, VirtualDeployment engines, List<List<RequestShape>> shapes) {
    this.planning = planning;
    this.engines = engines;
    this.shapes = shapes;
  }

  /** Sizes of the requests of each seed; drawn once for all deployments and rates. */
  static List<List<RequestShape>> shapes(Planning planning) {
    var shapes = new ArrayList<List<RequestShape>>();
    for (int repeat = 0; repeat < planning.search().seeds(); repeat++) {
      Workload workload = planning.workload().workload(planning.model().limits(), planning.seed() + repeat);
      shapes.add(IntStream.range(0, planning.search().requests()).mapToObj(workload::shape).toList());
    }
    return List.copyOf(shapes);
  }

  @Override
  public Trial run(int seedIndex, double rate, int requests) {
    var schedule = ArrivalSchedule.plan(planning.arrivals(), planning.profile(), planning.seed() + seedIndex, rate,
        new Extent.Requests(requests));
    var arriving = new ArrayList<VirtualRequest>(schedule.size());
    for (int index = 0; index < schedule.size(); index++) {
      RequestShape shape = shapes.get(seedIndex).get(index);
      arriving.add(new VirtualRequest(schedule.intendedNanos(index), shape.promptTokens(), shape.outputTokens()));
    }
    return Trial.of(engines.serve(arriving), planning.slo());
  }
}
