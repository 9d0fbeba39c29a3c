package dev.attain.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.experiment.Deployment;
import dev.attain.experiment.HandOver;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeploymentFactsTest {
  private static final List<URI> ONE = List.of(URI.create("http://h:1"));
  private static final List<URI> TWO = List.of(URI.create("http://h:2"), URI.create("http://h:3"));

  private static DeploymentFacts facts(List<URI> endpoints, List<URI> prefill, List<URI> decode, HandOver handOver) {
    return DeploymentFacts.of(new Deployment.External("e", endpoints, prefill, decode, 4, handOver));
  }

  @Test
  void theShapeOfWhatServesAlreadySaysWhoHandsOver() {
    assertThat(facts(TWO, List.of(), List.of(), HandOver.CLIENT).shape()).isEqualTo("2 endpoints");
    assertThat(facts(List.of(), ONE, TWO, HandOver.CLIENT).shape()).isEqualTo("1P2D");
    assertThat(facts(List.of(), TWO, ONE, HandOver.SIDECAR).shape()).isEqualTo("2P1D, through sidecars");
    assertThat(facts(ONE, ONE, TWO, HandOver.ROUTER).shape()).isEqualTo("1P2D, through a router");
  }

  @Test
  void aRouterIsNoInstance() {
    DeploymentFacts routed = facts(TWO, ONE, ONE, HandOver.ROUTER);
    assertThat(routed.instances()).isZero();
    assertThat(routed.disaggregated()).isTrue();
    assertThat(routed.handOver()).isEqualTo("router");
    assertThat(facts(ONE, List.of(), List.of(), HandOver.CLIENT).handOver()).isEmpty();
  }
}
