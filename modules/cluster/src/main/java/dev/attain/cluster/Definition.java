package dev.attain.cluster;

import dev.attain.engines.EngineKind;
import dev.attain.experiment.BodyField;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.Loop;
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
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a load node must know of an experiment to plan every point by itself. Sent once to each node as a byte stream,
 * because a trace may be far larger than a message; load nodes need no file of the coordinator's.
 *
 * @param weights the load nodes' weights in order of their positions
 * @param bodyFields what requests to each deployment may say, by the deployment's name
 */
record Definition(Model model, ArrivalProcess arrivals, Loop loop, Extent extent, WorkloadDefinition workload, Slo slo,
    RequestPolicy requests, WarmUp warmUp, List<Integer> weights,
    Map<String, Set<BodyField>> bodyFields) implements Wire {

  Definition {
    weights = List.copyOf(weights);
    bodyFields = Map.copyOf(bodyFields);
  }

  static Definition of(Experiment experiment) {
    return new Definition(experiment.model(), experiment.arrivals(), experiment.load().loop(),
        experiment.load().extent(), experiment.workload(),
        experiment.slo(), experiment.requests(), experiment.warmUp(), weights(experiment.nodes()),
        experiment.deployments().stream().collect(Collectors.toMap(Deployment::name,
            deployment -> bodyFields(deployment, experiment.requests()))));
  }

  private static Set<BodyField> bodyFields(Deployment deployment, RequestPolicy policy) {
    return switch (deployment) {
      case Deployment.External external -> policy.bodyFields();
      case Deployment.Colocated colocated -> EngineKind.of(colocated.engine()).dialect().fields();
      case Deployment.Disaggregated disaggregated -> EngineKind.of(disaggregated.engine()).dialect().fields();
    };
  }

  private static List<Integer> weights(Nodes nodes) {
    return nodes.weights().isEmpty() ? Collections.nCopies(nodes.load(), 1) : nodes.weights();
  }

  Shares shares() {
    return Shares.weighted(weights);
  }
}
