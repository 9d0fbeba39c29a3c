package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.workload.Prompt;
import dev.attain.workload.PromptForm;
import dev.attain.workload.Workload;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ColocatedCallTest {
  private static final ScriptedServer.Script COMPLETES = (request, wire) -> wire.completion(request.maxTokens());

  @Test
  void everyRequestCompletesAndIsRecordedWithAllItsStamps() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(COMPLETES)) {
      Driver.Finished run = Driver.run(Driver.settings(), Driver.colocated(server),
          Driver.every(Duration.ofMillis(2), 50), Driver.workload(20, 8));

      assertThat(run.records()).hasSize(50).allSatisfy(request -> {
        assertThat(request.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(request.reason()).isEmpty();
        assertThat(request.intendedNanos()).isEqualTo(request.index() * 2_000_000L);
        assertThat(request.sentNanos()).isGreaterThanOrEqualTo(request.intendedNanos());
        assertThat(request.firstByteNanos()).isGreaterThanOrEqualTo(request.sentNanos());
        assertThat(request.firstTokenNanos()).isGreaterThanOrEqualTo(request.firstByteNanos());
        assertThat(request.lastTokenNanos()).isGreaterThanOrEqualTo(request.firstTokenNanos());
        assertThat(request.endNanos()).isGreaterThanOrEqualTo(request.lastTokenNanos());
        assertThat(request.prefillDoneNanos()).isEqualTo(RequestRecord.NEVER);
        assertThat(request.decodeSentNanos()).isEqualTo(RequestRecord.NEVER);
        assertThat(request.outputTokens()).isEqualTo(8);
        assertThat(request.tokenEvents()).isEqualTo(8);
        assertThat(request.promptTokens()).isEqualTo(20);
        assertThat(request.prefillInstance()).isEqualTo(-1);
        assertThat(request.decodeInstance()).isZero();
      });
      assertThat(run.counts().completed()).isEqualTo(50);
      assertThat(run.counts().tokenEvents()).isEqualTo(400);
      assertThat(run.snapshot().latencies().of(LatencyMetric.ITL).getTotalCount()).isEqualTo(50 * 7);
      assertThat(run.load().cpuMicrosPerEvent()).isPositive();
      assertThat(run.load().busiestLoop()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void completionsCarryTokenIdsAndAskForAnExactStreamedAnswer() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(COMPLETES)) {
      Workload workload = Driver.workload(5, 3);
      Driver.run(Driver.settings(), Driver.colocated(server), Driver.every(Duration.ZERO, 1), workload);

      ScriptedServer.Request request = server.requests().getFirst();
      int[] ids = ((Prompt.TokenIds) workload.prompt(0, "nonce")).ids();
      assertThat(request.line()).isEqualTo("POST /v1/completions HTTP/1.1");
      assertThat(request.body())
          .isEqualTo("{\"model\":\"the-model\",\"prompt\":" + Arrays.toString(ids).replace(" ", "")
              + ",\"temperature\":0,\"ignore_eos\":true,\"max_tokens\":3,\"stream\":true,"
              + "\"stream_options\":{\"include_usage\":true}}");
      assertThat(request.headers()).containsEntry("host", "127.0.0.1:" + server.port())
          .containsEntry("content-type", "application/json").containsEntry("x-request-id", "nonce-0")
          .doesNotContainKey("authorization");
    }
  }

  @Test
  void chatCarriesTheTextAsOneMessageAndTheTokenOfTheUser() throws Exception {
    ClientSettings settings = new ClientSettings(Dialect.CHAT, "m \"x\"", Duration.ofSeconds(5),
        Duration.ofSeconds(20), Duration.ofSeconds(20), 1, Optional.of("secret"), 10, Driver.FULL,
        ConnectionsAhead.NONE);
    ScriptedServer.Script chat = (request, wire) -> {
      wire.streamHead();
      wire.event("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}");
      wire.event("{\"choices\":[{\"delta\":{\"content\":\"hi\"},\"finish_reason\":\"length\"}]}");
      wire.done();
      wire.lastChunk();
    };
    try (ScriptedServer server = ScriptedServer.start(chat)) {
      Workload workload = Driver.workload(5, 1, PromptForm.TEXT);
      Driver.Finished run = Driver.run(settings, new Target.Colocated(List.of(server.uri().resolve("/api/v1/"))),
          Driver.every(Duration.ZERO, 1), workload);

      assertThat(run.outcomes()).containsExactly(Outcome.COMPLETED);
      ScriptedServer.Request request = server.requests().getFirst();
      String text = ((Prompt.Text) workload.prompt(0, "nonce")).text();
      assertThat(request.line()).isEqualTo("POST /api/v1/chat/completions HTTP/1.1");
      assertThat(request.body()).startsWith("{\"model\":\"m \\\"x\\\"\",\"messages\":[{\"role\":\"user\",\"content\":\""
          + text + "\"}],\"temperature\":0,");
      assertThat(request.headers()).containsEntry("authorization", "Bearer secret");
      assertThat(settings.toString()).doesNotContain("secret");
    }
  }

  @Test
  void chatRefusesTokenIdsBeforeAnythingIsSent() {
    ClientSettings settings = new ClientSettings(Dialect.CHAT, "m", Duration.ofSeconds(5), Duration.ofSeconds(20),
        Duration.ofSeconds(20), 1, Optional.empty(), 10, Driver.FULL, ConnectionsAhead.NONE);
    Target target = new Target.Colocated(List.of(URI.create("http://127.0.0.1:1")));
    try (LoadClient client = LoadClient.open(settings, target, NanoClock.system())) {
      assertThatThrownBy(
          () -> client.prepare(Driver.every(Duration.ZERO, 1), Driver.workload(5, 1), "nonce", Driver.SLO))
          .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("text prompts");
    }
  }

  @Test
  void anIdleConnectionIsUsedAgain() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(COMPLETES);
        LoadClient client = LoadClient.open(Driver.settings(), Driver.colocated(server), () -> 0)) {
      for (int round = 0; round < 3; round++) {
        assertThat(oneRequest(client, 0, round).outcomes()).containsExactly(Outcome.COMPLETED);
      }
      assertThat(server.connections()).isOne();
    }
  }

  private static Driver.Finished oneRequest(LoadClient client, long originNanos, int round)
      throws InterruptedException {
    LoadRun run = client.prepare(Driver.every(Duration.ZERO, 1), Driver.workload(5, 2), "n" + round, Driver.SLO);
    run.start(originNanos);
    return Driver.finish(run);
  }

  @Test
  void anArrivalNeverWaitsForABusyConnection() throws Exception {
    ScriptedServer.Script slow = (request, wire) -> {
      Wire.pause(300);
      wire.completion(request.maxTokens());
    };
    try (ScriptedServer server = ScriptedServer.start(slow)) {
      Driver.Finished run = Driver.run(Driver.settings(), Driver.colocated(server),
          Driver.every(Duration.ofMillis(1), 20), Driver.workload(5, 2));

      assertThat(run.counts().completed()).isEqualTo(20);
      assertThat(server.connections()).isEqualTo(20);
    }
  }

  @Test
  void requestsGoToInstancesByTheirIndex() throws Exception {
    try (ScriptedServer first = ScriptedServer.start(COMPLETES);
        ScriptedServer second = ScriptedServer.start(COMPLETES);
        ScriptedServer third = ScriptedServer.start(COMPLETES)) {
      PlannedArrivals oddShare = new PlannedArrivals(new int[]{1, 3, 5, 7}, new long[]{0, 0, 0, 0});
      Driver.Finished run = Driver.run(Driver.settings(), Driver.colocated(first, second, third), oddShare,
          Driver.workload(5, 2));

      assertThat(run.records()).extracting(RequestRecord::decodeInstance).containsExactly(1, 0, 2, 1);
      assertThat(second.requests()).extracting(request -> request.headers().get("x-request-id"))
          .containsExactlyInAnyOrder("nonce-1", "nonce-7");
    }
  }

  @Test
  void aConnectionThatHasBeenIdleTooLongIsClosedAndNotUsedAgain() throws Exception {
    AtomicLong now = new AtomicLong();
    try (ScriptedServer server = ScriptedServer.start(COMPLETES);
        LoadClient client = LoadClient.open(Driver.settings(), Driver.colocated(server), now::get)) {
      for (int round = 0; round < 3; round++) {
        assertThat(oneRequest(client, now.get(), round).outcomes()).containsExactly(Outcome.COMPLETED);
        now.addAndGet(Duration.ofSeconds(4).toNanos());
      }
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void aLongPromptIsSentWhole() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(COMPLETES)) {
      Driver.Finished run = Driver.run(Driver.settings(), Driver.colocated(server),
          Driver.every(Duration.ofMillis(1), 4), Driver.workload(90_000, 2));

      assertThat(run.counts().completed()).isEqualTo(4);
      assertThat(server.requests()).allMatch(request -> request.body().split(",").length > 90_000);
    }
  }

  @Test
  void severalLoopsShareTheWork() throws Exception {
    ClientSettings settings = new ClientSettings(Dialect.COMPLETIONS, "m", Duration.ofSeconds(5),
        Duration.ofSeconds(20), Duration.ofSeconds(20), 3, Optional.empty(), 1000, Driver.FULL, ConnectionsAhead.NONE);
    try (ScriptedServer server = ScriptedServer.start(COMPLETES)) {
      Driver.Finished run = Driver.run(settings, Driver.colocated(server), Driver.every(Duration.ofMillis(1), 60),
          Driver.workload(5, 4));

      assertThat(run.counts().completed()).isEqualTo(60);
      assertThat(run.records()).extracting(RequestRecord::index).doesNotHaveDuplicates().hasSize(60);
    }
  }

  @Test
  void anUnusableEndpointIsNamed() {
    assertThatThrownBy(() -> LoadClient.open(Driver.settings(),
        new Target.Colocated(List.of(URI.create("localhost:8000"))), NanoClock.system()))
        .hasMessage("endpoint localhost:8000: write it as http://HOST:PORT or https://HOST:PORT");
    assertThatThrownBy(() -> LoadClient.open(Driver.settings(),
        new Target.Colocated(List.of(URI.create("http://no-such-host.invalid:8000"))), NanoClock.system()))
        .hasMessageContaining("no address is known for host no-such-host.invalid");
  }
}
