package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.attain.client.Target;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Engine;
import dev.attain.experiment.HandOver;
import dev.attain.experiment.Model;
import dev.attain.experiment.Router;
import dev.attain.workload.ModelLimits;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeploymentPlanTest {
  private static final Engine ENGINE = new Engine.Simulator("h100", "llama-3.1-8b", Map.of(), List.of());
  private static final Model MODEL = new Model("m", "", new ModelLimits(8192, 32000));

  private static URI uri(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Test
  void eachRoleOfADisaggregatedDeploymentHasItsOwnInstancesSizesAndArguments() {
    Deployment deployment = new Deployment.Disaggregated("pd", ENGINE,
        new Deployment.Role(2, 1, List.of("--a"), Map.of("CORE", "{index}"), Optional.empty()),
        new Deployment.Role(1, 4, List.of("--b"), Map.of(), Optional.empty()), Optional.empty());
    assertThat(DeploymentPlan.instances(deployment, MODEL))
        .extracting(EngineProtocol.InstanceOrder::id, EngineProtocol.InstanceOrder::tensorParallel,
            EngineProtocol.InstanceOrder::extraArguments, EngineProtocol.InstanceOrder::index,
            EngineProtocol.InstanceOrder::environment)
        .containsExactly(tuple("prefill-0", 1, List.of("--a"), 0, Map.of("CORE", "{index}")),
            tuple("prefill-1", 1, List.of("--a"), 1, Map.of("CORE", "{index}")),
            tuple("decode-0", 4, List.of("--b"), 0, Map.of()));
  }

  @Test
  void theTargetListsInstancesInTheOrderOfTheirNumbersWhicheverCameUpFirst() {
    Deployment deployment = new Deployment.Disaggregated("pd", ENGINE,
        new Deployment.Role(2, 1, List.of(), Map.of(), Optional.empty()),
        new Deployment.Role(1, 1, List.of(), Map.of(), Optional.empty()), Optional.empty());
    Target target = DeploymentPlan.target(deployment, MODEL,
        Map.of("decode-0", uri(3), "prefill-1", uri(2), "prefill-0", uri(1)));
    assertThat(target).isEqualTo(new Target.Disaggregated(List.of(uri(1), uri(2)), List.of(uri(3))));
    assertThat(DeploymentPlan.pairs(target)).isEqualTo(2);
  }

  @Test
  void theLoadGoesToTheRouterAndTheInstancesBehindItAreKnown() {
    Deployment.Role one = new Deployment.Role(1, 1, List.of(), Map.of(), Optional.empty());
    Deployment deployment = new Deployment.Disaggregated("pd", ENGINE, one, one,
        Optional.of(new Router(List.of("router"), "/health")));
    assertThat(DeploymentPlan.target(deployment, MODEL,
        Map.of("decode-0", uri(2), "router", uri(3), "prefill-0", uri(1))))
        .isEqualTo(new Target.Routed(List.of(uri(3)), List.of(uri(1)), List.of(uri(2))));
  }

  @Test
  void whatServesAlreadyNeedsNoInstances() {
    Deployment deployment = new Deployment.External("e", List.of(uri(1)), List.of(), List.of(), 0, HandOver.CLIENT);
    assertThat(DeploymentPlan.instances(deployment, MODEL)).isEmpty();
    assertThat(DeploymentPlan.target(deployment, MODEL, Map.of())).isEqualTo(new Target.Colocated(List.of(uri(1))));
  }

  @Test
  void whoHandsOverDecidesTheTargetOfInstancesThatServeAlready() {
    List<URI> router = List.of(uri(9));
    List<URI> prefill = List.of(uri(1), uri(2));
    List<URI> decode = List.of(uri(3));
    assertThat(target(List.of(), prefill, decode, HandOver.CLIENT))
        .isEqualTo(new Target.Disaggregated(prefill, decode));
    assertThat(target(List.of(), prefill, decode, HandOver.SIDECAR)).isEqualTo(new Target.Sidecars(prefill, decode));
    assertThat(target(router, prefill, decode, HandOver.ROUTER))
        .isEqualTo(new Target.Routed(router, prefill, decode));
  }

  private static Target target(List<URI> endpoints, List<URI> prefill, List<URI> decode, HandOver handOver) {
    return DeploymentPlan.target(new Deployment.External("e", endpoints, prefill, decode, 0, handOver), MODEL,
        Map.of());
  }

  @Test
  void theWarmUpReachesEveryPairBehindEveryRouter() {
    List<URI> two = List.of(uri(1), uri(2));
    assertThat(DeploymentPlan.pairs(new Target.Routed(List.of(uri(3)), two, two))).isEqualTo(4);
    assertThat(DeploymentPlan.pairs(new Target.Routed(List.of(uri(3), uri(4)), two, two))).isEqualTo(8);
    assertThat(DeploymentPlan.pairs(new Target.Sidecars(two, List.of(uri(3))))).isEqualTo(2);
  }
}
