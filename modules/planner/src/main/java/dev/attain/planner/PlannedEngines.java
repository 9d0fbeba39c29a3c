package dev.attain.planner;

import dev.attain.experiment.Deployment;
import dev.attain.experiment.Engine;
import dev.attain.experiment.OptionArguments;
import dev.attain.results.RankedDeployment.PlannedInstances;
import dev.attain.simulator.SimulatorException;
import dev.attain.simulator.VirtualDeployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A deployment as simulated engines, with the flags that {@code attain run} would start them with.
 *
 * @param instances one or two roles
 */
record PlannedEngines(VirtualDeployment engines, List<PlannedInstances> instances) {
  private static final Set<String> FROM_DEPLOYMENT = Set.of("model", "host", "port", "sim-gpu",
      "tensor-parallel-size", "kv-transfer-config");
  private static final String LONGEST = "max-model-len";

  /**
   * Makes the engines.
   *
   * @param contextTokens longest request, unless the engine's options say another
   * @throws SimulatorException with one sentence when there can be no such engines
   */
  static PlannedEngines of(Deployment deployment, int contextTokens) throws SimulatorException {
    var engine = simulator(deployment);
    return switch (deployment) {
      case Deployment.Colocated it -> {
        var flags = flags(engine, it.tensorParallel(), List.of(), contextTokens);
        yield new PlannedEngines(VirtualDeployment.colocated(flags, it.replicas()),
            List.of(new PlannedInstances("colocated", it.replicas(), flags)));
      }
      case Deployment.Disaggregated it -> {
        var prefill = flags(engine, it.prefill().tensorParallel(), it.prefill().extraArguments(), contextTokens);
        var decode = flags(engine, it.decode().tensorParallel(), it.decode().extraArguments(), contextTokens);
        yield new PlannedEngines(
            VirtualDeployment.disaggregated(prefill, it.prefill().instances(), decode, it.decode().instances()),
            List.of(new PlannedInstances("prefill", it.prefill().instances(), prefill),
                new PlannedInstances("decode", it.decode().instances(), decode)));
      }
      case Deployment.External it -> throw new IllegalArgumentException(it.name() + " is not simulated");
    };
  }

  /** What a deployment's options say that follows from the deployment, a sentence each. */
  static List<String> problems(Deployment deployment) {
    return simulator(deployment).options().keySet().stream().filter(FROM_DEPLOYMENT::contains)
        .map(name -> "engine.options." + name + ": follows from the deployment or has a key of its own; leave it out")
        .toList();
  }

  /** The engine of every instance. */
  static Engine.Simulator simulator(Deployment deployment) {
    var engine = switch (deployment) {
      case Deployment.Colocated colocated -> colocated.engine();
      case Deployment.Disaggregated disaggregated -> disaggregated.engine();
      case Deployment.External external -> throw new IllegalArgumentException(external.name() + " is not simulated");
    };
    if (engine instanceof Engine.Simulator simulator) {
      return simulator;
    }
    throw new IllegalArgumentException(deployment.name() + " is not simulated");
  }

  private static List<String> flags(Engine.Simulator simulator, int tensorParallel, List<String> more,
      int contextTokens) {
    var flags = new ArrayList<>(List.of("--model", simulator.model(), "--sim-gpu", simulator.gpu(),
        "--tensor-parallel-size", Integer.toString(tensorParallel)));
    if (!simulator.options().containsKey(LONGEST)) {
      flags.addAll(List.of("--" + LONGEST, Integer.toString(contextTokens)));
    }
    flags.addAll(OptionArguments.of(simulator.options()));
    flags.addAll(simulator.extraArguments());
    flags.addAll(more);
    return flags;
  }
}
