package dev.attain.cluster;

import dev.attain.experiment.Experiment;
import dev.attain.experiment.Model;
import dev.attain.experiment.Nodes;
import dev.attain.experiment.RequestPolicy;
import dev.attain.experiment.WarmUp;
import dev.attain.experiment.WorkloadDefinition;
import dev.attain.measurement.Slo;
import dev.attain.schedule.ArrivalProcess;
import dev.attain.schedule.Extent;
import dev.attain.schedule.Shares;
import java.util.Collections;
import java.util.List;

/**
 * What a load node must know of an experiment to plan every point by itself. Sent once to each node as a byte stream,
 * because a trace may be far larger than a message; load nodes need no file of the coordinator's.
 *
 * @param weights the load nodes' weights in order of their positions
 */
record Definition(Model model, ArrivalProcess arrivals, Extent extent, WorkloadDefinition workload, Slo slo,
    RequestPolicy requests, WarmUp warmUp, List<Integer> weights) implements Wire {

  Definition {
    weights = List.copyOf(weights);
  }

  static Definition of(Experiment experiment) {
    return new Definition(experiment.model(), experiment.arrivals(), experiment.load().extent(), experiment.workload(),
        experiment.slo(), experiment.requests(), experiment.warmUp(), weights(experiment.nodes()));
  }

  private static List<Integer> weights(Nodes nodes) {
    return nodes.weights().isEmpty() ? Collections.nCopies(nodes.load(), 1) : nodes.weights();
  }

  Shares shares() {
    return Shares.weighted(weights);
  }
}
