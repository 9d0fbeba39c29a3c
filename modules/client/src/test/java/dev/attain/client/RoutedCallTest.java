package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutedCallTest {
  private static final ScriptedServer.Script COMPLETES = (request, wire) -> wire.completion(request.maxTokens());
  /** A name that cannot be resolved: whoever looks it up fails. */
  private static final URI UNREACHABLE = URI.create("http://only-behind-the-router.invalid:8100/v1");

  private static Driver.Finished run(Target target, int requests) throws InterruptedException {
    return Driver.run(Driver.settings(), target, Driver.every(Duration.ofMillis(1), requests), Driver.workload(6, 4));
  }

  /** One request, as a single instance without any router would get it. */
  private static String plainBody() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(COMPLETES)) {
      run(Driver.colocated(server), 1);
      return server.requests().getFirst().body();
    }
  }

  @Test
  void aRouterGetsOneStreamingCallForEachRequestAndNobodyBehindItIsCalled() throws Exception {
    try (ScriptedServer router = ScriptedServer.start(COMPLETES);
        ScriptedServer prefill = ScriptedServer.start(COMPLETES);
        ScriptedServer decode = ScriptedServer.start(COMPLETES)) {
      Driver.Finished run = run(new Target.Routed(Driver.uris(router), Driver.uris(prefill), Driver.uris(decode)), 3);

      assertThat(run.outcomes()).containsOnly(Outcome.COMPLETED).hasSize(3);
      assertThat(router.requests()).hasSize(3).allSatisfy(request -> {
        assertThat(request.line()).isEqualTo("POST /v1/completions HTTP/1.1");
        assertThat(request.headers()).doesNotContainKey("x-prefiller-host-port");
        assertThat(request.body()).contains("\"stream\":true").doesNotContain("kv_transfer_params");
      });
      assertThat(router.requests().getFirst().body()).isEqualTo(plainBody());
      assertThat(prefill.requests()).isEmpty();
      assertThat(decode.requests()).isEmpty();
      assertThat(run.records()).allSatisfy(RoutedCallTest::hasOneLeg);
      assertThat(run.records()).extracting(RequestRecord::prefillInstance).containsOnly(-1);
    }
  }

  private static void hasOneLeg(RequestRecord request) {
    assertThat(request.prefillDoneNanos()).isEqualTo(RequestRecord.NEVER);
    assertThat(request.decodeSentNanos()).isEqualTo(RequestRecord.NEVER);
  }

  @Test
  void severalRoutersTakeTurnsByTheIndexOfTheRequest() throws Exception {
    try (ScriptedServer first = ScriptedServer.start(COMPLETES);
        ScriptedServer second = ScriptedServer.start(COMPLETES)) {
      Target target = new Target.Routed(Driver.uris(first, second), List.of(UNREACHABLE), List.of(UNREACHABLE));
      Driver.Finished run = run(target, 4);

      assertThat(run.outcomes()).as("what lies behind a router need not be reachable from a load node")
          .containsOnly(Outcome.COMPLETED);
      assertThat(run.records()).extracting(RequestRecord::decodeInstance).containsExactly(0, 1, 0, 1);
      assertThat(second.requests()).extracting(request -> request.headers().get("x-request-id"))
          .containsExactly("nonce-1", "nonce-3");
    }
  }

  @Test
  void aSidecarGetsOneStreamingCallWhoseHeaderNamesThePrefillInstance() throws Exception {
    String plain = plainBody();
    try (ScriptedServer sidecar = ScriptedServer.start(COMPLETES)) {
      Driver.Finished run = run(new Target.Sidecars(List.of(UNREACHABLE), Driver.uris(sidecar)), 1);

      assertThat(run.outcomes()).containsExactly(Outcome.COMPLETED);
      assertThat(sidecar.requests()).singleElement().satisfies(request -> {
        assertThat(request.line()).isEqualTo("POST /v1/completions HTTP/1.1");
        assertThat(request.headers()).containsEntry("x-prefiller-host-port", "only-behind-the-router.invalid:8100")
            .containsEntry("x-request-id", "nonce-0");
        assertThat(request.body()).isEqualTo(plain);
      });
      assertThat(run.records()).allSatisfy(RoutedCallTest::hasOneLeg);
    }
  }

  @Test
  void sidecarsSeeThePairsThatTwoLegsWouldVisit() throws Exception {
    try (ScriptedServer d0 = ScriptedServer.start(COMPLETES); ScriptedServer d1 = ScriptedServer.start(COMPLETES)) {
      List<URI> prefill = List.of(URI.create("http://10.0.0.1:1"), URI.create("http://10.0.0.2:2"),
          URI.create("https://10.0.0.3"));
      Driver.Finished run = run(new Target.Sidecars(prefill, Driver.uris(d0, d1)), 12);

      assertThat(run.records()).extracting(RequestRecord::prefillInstance).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2, 0,
          1, 2);
      assertThat(run.records()).extracting(RequestRecord::decodeInstance).containsExactly(0, 0, 0, 1, 1, 1, 0, 0, 0, 1,
          1, 1);
      assertThat(List.of(d0, d1)).allSatisfy(server -> assertThat(server.requests())
          .extracting(request -> request.headers().get("x-prefiller-host-port")).containsExactlyInAnyOrder("10.0.0.1:1",
              "10.0.0.2:2", "10.0.0.3:443", "10.0.0.1:1", "10.0.0.2:2", "10.0.0.3:443"));
    }
  }

  @Test
  void aPrefillInstanceThatCannotBeNamedIsRefusedBeforeAnythingIsSent() {
    Target target = new Target.Sidecars(List.of(URI.create("localhost:8000")),
        List.of(URI.create("http://127.0.0.1:1")));
    assertThatThrownBy(() -> LoadClient.open(Driver.settings(), target, NanoClock.system()))
        .hasMessage("endpoint localhost:8000: write it as http://HOST:PORT or https://HOST:PORT");
  }

  @Test
  void aTargetWithoutInstancesToProveTheTransferIsRefused() {
    List<URI> one = List.of(URI.create("http://127.0.0.1:1"));
    assertThatThrownBy(() -> new Target.Routed(List.of(), one, one)).hasMessageContaining("at least one endpoint");
    assertThatThrownBy(() -> new Target.Routed(one, List.of(), one)).hasMessageContaining("one prefill instance");
    assertThatThrownBy(() -> new Target.Routed(one, one, List.of())).hasMessageContaining("one decode instance");
    assertThatThrownBy(() -> new Target.Sidecars(one, List.of())).hasMessageContaining("one decode instance");
  }
}
