package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be made to go wrong, as a client sees it and as the truth tells it. */
class FaultsTest {

  private static final String PATH = "/v1/completions";
  private static final String STREAM = "{\"prompt\":[1,2,3],\"max_tokens\":8,\"stream\":true,"
      + "\"stream_options\":{\"include_usage\":true}}";
  private static final String WHOLE = "{\"prompt\":[1,2,3],\"max_tokens\":8}";

  @TempDir
  private Path folder;

  private SimulatorServer server;

  private SimulatorServer start(String... faults) {
    server = SimulatorClient.start(flags(faults));
    return server;
  }

  private String[] flags(String... faults) {
    List<String> flags = new ArrayList<>(List.of("--truth", truth().file().toString(), "--sim-allow-faults"));
    for (String fault : faults) {
      flags.addAll(List.of("--sim-fault", fault));
    }
    return flags.toArray(String[]::new);
  }

  private Truth truth() {
    return new Truth(folder.resolve("truth.jsonl"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawStream stream(String id, String... headers) {
    return RawStream.of(server.port(), id, STREAM, headers);
  }

  private void assertTold(String id, String fault, String finish) {
    JsonNode line = truth().of(id);
    assertThat(line.get("faults").toString()).isEqualTo(fault.isEmpty() ? "[]" : "[\"" + fault + "\"]");
    assertThat(line.get("finish").asText()).isEqualTo(finish);
  }

  @Test
  void aCutStreamIsResetAfterItsTokensAndFreesTheEngine() {
    start("cut:after=3");

    RawStream cut = stream("cut");

    assertThat(cut.reset()).isTrue();
    assertThat(cut.tokenNanos()).hasSize(3);
    assertThat(cut.text()).doesNotContain("[DONE]", "finish_reason\":\"length");
    assertTold("cut", "cut", "abort");
    SimulatorClient client = new SimulatorClient(server);
    SimulatorClient.eventually("free blocks", () -> client.metric("vllm:kv_cache_usage_perc") == 0);
  }

  @Test
  void aCutThatComesAfterTheLastTokenTakesTheLastToken() {
    start("cut:after=100");

    RawStream cut = stream("cut");

    assertThat(cut.reset()).isTrue();
    assertThat(cut.tokenNanos()).hasSize(7);
  }

  @Test
  void anErrorEventFollowsA200AsInVllm() {
    start("error-event:after=2");

    RawStream broken = stream("stream");

    assertThat(broken.text()).startsWith("HTTP/1.1 200").contains("\"type\":\"InternalServerError\"", "data: [DONE]");
    assertThat(broken.tokenNanos()).hasSize(2);
    assertTold("stream", "error-event", "error");
    HttpResponse<String> whole = new SimulatorClient(server).post(PATH, WHOLE, "X-Request-Id", "whole");
    assertThat(whole.statusCode()).isEqualTo(500);
    assertTold("whole", "error-event", "error");
  }

  @Test
  void refusedRequestsGetTheStatusAndNeverReachTheEngine() {
    start("http-429:retry-after=7s");
    SimulatorClient client = new SimulatorClient(server);

    HttpResponse<String> full = client.post(PATH, STREAM, "X-Request-Id", "full");
    HttpResponse<String> broken = client.post(PATH, STREAM, "X-Request-Id", "broken", "X-Attain-Fault", "http-500");

    assertThat(full.statusCode()).isEqualTo(429);
    assertThat(full.headers().firstValue("Retry-After")).contains("7");
    assertThat(SimulatorClient.json(full.body()).get("error").get("code").asInt()).isEqualTo(429);
    assertThat(broken.statusCode()).isEqualTo(500);
    assertThat(broken.headers().firstValue("Retry-After")).isEmpty();
    assertThat(SimulatorClient.json(broken.body()).get("error").get("type").asText())
        .isEqualTo("InternalServerError");
    assertTold("full", "http-429", "http-429");
    assertTold("broken", "http-500", "http-500");
    assertThat(client.metric("vllm:prompt_tokens_total")).isZero();
  }

  @Test
  void usageCanLieAndATokenCanBeMissing() {
    start("wrong-usage:by=2");
    SimulatorClient client = new SimulatorClient(server);

    RawStream lie = stream("lie");
    RawStream shortened = stream("short", "X-Attain-Fault: missing-token");

    assertThat(lie.tokenNanos()).hasSize(8);
    assertThat(lie.text()).contains("\"completion_tokens\":10");
    assertTold("lie", "wrong-usage", "length");
    assertThat(shortened.tokenNanos()).hasSize(7);
    assertThat(shortened.text()).contains("\"finish_reason\":\"length\"", "\"completion_tokens\":7", "data: [DONE]");
    assertTold("short", "missing-token", "length");
    assertThat(client.postForJson(PATH, WHOLE).get("usage").get("completion_tokens").asInt()).isEqualTo(10);
  }

  @Test
  void aStalledStreamHoldsItsTokensBackAndTheTruthSaysHowLong() {
    start("stall:after=4,for=300ms");

    RawStream stalled = stream("stalled");

    assertThat(stalled.tokenNanos()).hasSize(8);
    assertThat(stalled.text()).contains("data: [DONE]");
    assertTold("stalled", "stall", "length");
    List<Long> late = Truth.longs(truth().of("stalled").get("lateNanos"));
    assertThat(late.get(4)).isGreaterThanOrEqualTo(Duration.ofMillis(290).toNanos());
    assertThat(stalled.tokenNanos().get(4) - stalled.tokenNanos().get(0))
        .isGreaterThanOrEqualTo(Duration.ofMillis(290).toNanos());
  }

  @Test
  void aStallOfTheEngineMovesTheDeadlinesThemselves() {
    start("stall:at=0ms,for=3s");

    stream("halted");

    assertTold("halted", "stall", "length");
    JsonNode line = truth().of("halted");
    long prefill = line.get("prefillEndNanos").asLong() - line.get("prefillStartNanos").asLong();
    assertThat(prefill).isGreaterThan(Duration.ofMillis(100).toNanos());
  }

  @Test
  void slowStepsTakeTheirFactorAsLong() {
    start("slow:factor=20");
    stream("slow");
    List<Long> slow = Truth.longs(truth().of("slow").get("tokenNanos"));
    assertTold("slow", "slow", "length");
    server.close();
    start();
    stream("usual");
    List<Long> usual = Truth.longs(truth().of("usual").get("tokenNanos"));
    assertTold("usual", "", "length");

    assertThat((double) (slow.get(5) - slow.get(4)) / (usual.get(5) - usual.get(4))).isBetween(19.99, 20.01);
  }

  @Test
  void aNeverReadyEngineIsNotHealthy() {
    start("never-ready");

    assertThat(new SimulatorClient(server).get("/health").statusCode()).isEqualTo(503);
  }

  @Test
  void aCrashEndsTheProcessAtItsInstantAndTheTruthIsWrittenBefore() throws Exception {
    CountDownLatch crashed = new CountDownLatch(1);
    server = startWithCrash(crashed, "crash:at=50ms");

    assertThat(crashed.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(truth().file()).exists();
  }

  @Test
  void aRequestCanCrashTheEngineAfterItsTokens() throws Exception {
    CountDownLatch crashed = new CountDownLatch(1);
    server = startWithCrash(crashed, "crash:after=2");
    Thread client = Thread.ofVirtual().start(() -> stream("last"));

    assertThat(crashed.await(20, TimeUnit.SECONDS)).isTrue();

    assertTold("last", "crash", "unfinished");
    assertThat(truth().of("last").get("lateNanos")).hasSize(2);
    server.close();
    client.join();
  }

  private SimulatorServer startWithCrash(CountDownLatch crashed, String fault) throws SimulatorException {
    List<String> all = new ArrayList<>(List.of("--port", "0"));
    all.addAll(List.of(flags(fault)));
    return SimulatorServer.start(SimulatorOptions.parse(all, Map.of()), crashed::countDown);
  }

  @Test
  void aRateStrikesThatShareOfTheRequestsAndTheSameOnesAgain() {
    List<String> first = struck();
    server.close();

    assertThat(struck()).isEqualTo(first);
    assertThat(first).hasSizeBetween(20, 60);
  }

  private List<String> struck() {
    start("http-500:rate=0.2");
    SimulatorClient client = new SimulatorClient(server);
    List<String> struck = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String id = "request-" + i;
      if (client.post(PATH, "{\"prompt\":[1],\"max_tokens\":1}", "X-Request-Id", id).statusCode() == 500) {
        struck.add(id);
      }
    }
    return struck;
  }

  @Test
  void aHeaderIsRefusedWhenItIsWrongAndIgnoredWhenNotAllowed() {
    start();
    SimulatorClient client = new SimulatorClient(server);
    HttpResponse<String> wrong = client.post(PATH, WHOLE, "X-Attain-Fault", "cut:afer=1");
    HttpResponse<String> ofEngine = client.post(PATH, WHOLE, "X-Attain-Fault", "slow:factor=2");

    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("cut has no", "afer", "it takes rate, at, for, after");
    assertThat(ofEngine.statusCode()).isEqualTo(400);
    try (SimulatorServer strict = SimulatorClient.start()) {
      assertThat(new SimulatorClient(strict).post(PATH, WHOLE, "X-Attain-Fault", "http-500").statusCode())
          .isEqualTo(200);
    }
  }
}
