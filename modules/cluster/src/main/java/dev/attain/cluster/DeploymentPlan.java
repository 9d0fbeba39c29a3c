package dev.attain.cluster;

import dev.attain.client.Target;
import dev.attain.engines.InstanceRole;
import dev.attain.engines.LaunchPlan;
import dev.attain.engines.NodePlacement;
import dev.attain.engines.Placement;
import dev.attain.engines.PlacementException;
import dev.attain.engines.RouterPlan;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Engine;
import dev.attain.experiment.Model;
import dev.attain.experiment.Router;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which instances a deployment consists of, and what load nodes address once these are up. Pure but for {@link #placement}. */
final class DeploymentPlan {
  private DeploymentPlan() {}

  /** The instances to start; none for a deployment that already serves. */
  static List<EngineProtocol.InstanceOrder> instances(Deployment deployment, Model model) {
    return switch (deployment) {
      case Deployment.Colocated(String name, Engine engine, int replicas, int tensorParallel, var environment, Optional<String> node) ->
        orders(InstanceRole.COLOCATED, engine, model,
            new Deployment.Role(replicas, tensorParallel, List.of(), environment, node));
      case Deployment.Disaggregated(String name, Engine engine, Deployment.Role prefill, Deployment.Role decode, var router) -> {
        List<EngineProtocol.InstanceOrder> both = new ArrayList<>(
            orders(InstanceRole.PREFILL, engine, model, prefill));
        both.addAll(orders(InstanceRole.DECODE, engine, model, decode));
        yield both;
      }
      case Deployment.External external -> List.of();
    };
  }

  private static List<EngineProtocol.InstanceOrder> orders(InstanceRole role, Engine engine, Model model,
      Deployment.Role wanted) {
    List<EngineProtocol.InstanceOrder> orders = new ArrayList<>();
    for (int k = 0; k < wanted.instances(); k++) {
      orders.add(new EngineProtocol.InstanceOrder(role.name().toLowerCase(Locale.ROOT) + "-" + k, role, k, engine,
          model, wanted.tensorParallel(), wanted.extraArguments(), wanted.environment(), wanted.node()));
    }
    return orders;
  }

  /**
   * Where instances go on this machine as it is now. Blocks.
   *
   * @param patience how long to wait for GPUs that are in use
   * @throws IOException when the instances do not fit, or nvidia-smi fails; the message is a sentence for the user
   */
  static NodePlacement placement(List<EngineProtocol.InstanceOrder> orders, Duration patience)
      throws IOException, InterruptedException {
    List<EngineProtocol.InstanceOrder> installed = orders.stream()
        .filter(order -> order.engine() instanceof Engine.Installed).toList();
    if (installed.isEmpty()) {
      return NodePlacement.NONE;
    }
    List<Placement.Demand> demands = installed.stream()
        .map(order -> new Placement.Demand(order.id(), order.tensorParallel())).toList();
    try {
      // All instances of a deployment run the same engine.
      return NodePlacement.of(demands, (Engine.Installed) installed.getFirst().engine(), patience);
    } catch (PlacementException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** @param baseUris of the started instances and of the router, by id */
  static Target target(Deployment deployment, Model model, Map<String, URI> baseUris) {
    return switch (deployment) {
      case Deployment.External external -> target(external);
      case Deployment.Colocated colocated ->
        new Target.Colocated(uris(instances(colocated, model), InstanceRole.COLOCATED, baseUris));
      case Deployment.Disaggregated disaggregated -> {
        List<URI> prefill = uris(instances(disaggregated, model), InstanceRole.PREFILL, baseUris);
        List<URI> decode = uris(instances(disaggregated, model), InstanceRole.DECODE, baseUris);
        yield disaggregated.router().isPresent()
            ? new Target.Routed(List.of(baseUris.get(RouterProcess.ID)), prefill, decode)
            : new Target.Disaggregated(prefill, decode);
      }
    };
  }

  /** How to start a router in front of instances that are up, on {@code port} of {@code host}. */
  static LaunchPlan router(Deployment deployment, Model model, Map<String, URI> baseUris, Router router, String host,
      int port) {
    List<EngineProtocol.InstanceOrder> orders = instances(deployment, model);
    return RouterPlan.of(router, host, port, uris(orders, InstanceRole.PREFILL, baseUris),
        uris(orders, InstanceRole.DECODE, baseUris));
  }

  private static Target target(Deployment.External external) {
    if (external.prefill().isEmpty()) {
      return new Target.Colocated(external.endpoints());
    }
    return switch (external.handOver()) {
      case CLIENT -> new Target.Disaggregated(external.prefill(), external.decode());
      case ROUTER -> new Target.Routed(external.endpoints(), external.prefill(), external.decode());
      case SIDECAR -> new Target.Sidecars(external.prefill(), external.decode());
    };
  }

  private static List<URI> uris(List<EngineProtocol.InstanceOrder> orders, InstanceRole role,
      Map<String, URI> baseUris) {
    return orders.stream().filter(order -> order.role() == role).map(order -> baseUris.get(order.id())).toList();
  }

  /**
   * How many requests reach everything that can serve one: instances, or pairs of a prefill and a decode instance. A
   * router that takes its instances in turn gets as many for each of its endpoints.
   */
  static int pairs(Target target) {
    return switch (target) {
      case Target.Colocated colocated -> colocated.instances().size();
      case Target.Routed routed -> routed.endpoints().size() * pairsOf(routed);
      case Target.Disaggregated disaggregated -> pairsOf(disaggregated);
      case Target.Sidecars sidecars -> pairsOf(sidecars);
    };
  }

  private static int pairsOf(Target.Split split) {
    return split.prefill().size() * split.decode().size();
  }
}
