package dev.attain.cluster;

import dev.attain.engines.EngineKind;
import dev.attain.engines.TokenBundling;
import dev.attain.experiment.BodyField;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Engine;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.Loop;
import dev.attain.experiment.Model;
import dev.attain.experiment.Nodes;
import dev.attain.experiment.RequestPolicy;
import dev.attain.experiment.TokenCounts;
import dev.attain.experiment.WarmUp;
import dev.attain.experiment.WorkloadDefinition;
import dev.attain.measurement.Slo;
import dev.attain.schedule.ArrivalProcess;
import dev.attain.schedule.Extent;
import dev.attain.schedule.Shares;
import java.util.Collections;
import java.util.EnumSet;
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
      case Deployment.External external -> counted(policy.bodyFields(), false, policy.tokenCounts());
      case Deployment.Colocated colocated -> ofEngine(colocated.engine(), policy);
      case Deployment.Disaggregated disaggregated -> ofEngine(disaggregated.engine(), policy);
    };
  }

  private static Set<BodyField> ofEngine(Engine engine, RequestPolicy policy) {
    EngineKind kind = EngineKind.of(engine);
    return counted(kind.dialect().fields(), TokenBundling.possible(engine), policy.tokenCounts());
  }

  /** Those fields, and the one that asks for usage in each event where that is wanted and can be had. */
  private static Set<BodyField> counted(Set<BodyField> fields, boolean bundles, TokenCounts wanted) {
    boolean asked = switch (wanted) {
      case AUTO -> bundles;
      case USAGE -> true;
      case EVENTS -> false;
    };
    if (!asked || !fields.contains(BodyField.STREAM_OPTIONS)) {
      return fields;
    }
    Set<BodyField> more = EnumSet.copyOf(fields);
    more.add(BodyField.CONTINUOUS_USAGE);
    return Set.copyOf(more);
  }

  private static List<Integer> weights(Nodes nodes) {
    return nodes.weights().isEmpty() ? Collections.nCopies(nodes.load(), 1) : nodes.weights();
  }

  Shares shares() {
    return Shares.weighted(weights);
  }
}
