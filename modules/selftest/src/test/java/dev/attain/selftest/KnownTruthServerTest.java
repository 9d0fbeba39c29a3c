package dev.attain.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.measurement.NanoClock;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KnownTruthServerTest {
  private static final Truth AT_ONCE = new Truth(Duration.ZERO, Duration.ZERO, 1);
  private static final String TOKEN = "{\"id\":\"cmpl-3f0a9bd7c8e14c6c8b6a2f6d1e0f7a55\",\"object\":\"text_completion\","
      + "\"created\":1763800000,\"model\":\"m\",\"choices\":[{\"index\":0,\"text\":\" token\",\"logprobs\":null,"
      + "\"finish_reason\":%s,\"stop_reason\":null}]}";

  private KnownTruthServer server;

  private RawClient client(Truth truth) throws IOException {
    server = KnownTruthServer.start(settings(truth, 1), NanoClock.system());
    return new RawClient(server.port());
  }

  private static ServerSettings settings(Truth truth, int threads) {
    return new ServerSettings("127.0.0.1", 0, threads, false, "m", truth);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aStreamHasOneEventForEachTokenAndThenTheTerminalOne() throws Exception {
    try (RawClient client = client(AT_ONCE)) {
      RawClient.Answer answer = client.ask(RawClient.completion(3));

      assertThat(answer.head()).startsWith("HTTP/1.1 200 OK\r\n").contains("text/event-stream");
      assertThat(answer.events()).containsExactly(TOKEN.formatted("null"), TOKEN.formatted("null"),
          TOKEN.formatted("\"length\""), "[DONE]");
    }
  }

  @Test
  void usageComesWhenItIsAskedFor() throws Exception {
    try (RawClient client = client(AT_ONCE)) {
      RawClient.Answer answer = client.ask(RawClient.post("/v1/completions", "{\"stream_options\":{\"x\":[{}],"
          + "\"include_usage\":true},\"max_tokens\":2,\"ignore_eos\":true,\"stream\": true}"));

      assertThat(answer.events()).hasSize(4);
      assertThat(answer.events().get(2)).contains("\"choices\":[]")
          .contains("\"usage\":{\"prompt_tokens\":1,\"total_tokens\":3,\"completion_tokens\":2}");
    }
  }

  @Test
  void aChatOpensWithItsRoleInTheFirstToken() throws Exception {
    try (RawClient client = client(AT_ONCE)) {
      RawClient.Answer answer = client.ask(RawClient.post("/v1/chat/completions",
          "{\"messages\":[{\"role\":\"user\",\"content\":\"say \\\"max_tokens\\\":9 }\"}],"
              + "\"max_tokens\":5,\"max_completion_tokens\":2,\"stream\":true}"));

      assertThat(answer.events()).hasSize(3);
      assertThat(answer.events().get(0)).contains("chat.completion.chunk")
          .contains("\"delta\":{\"role\":\"assistant\",\"content\":\" token\"}");
      assertThat(answer.events().get(1)).contains("\"delta\":{\"content\":\" token\"}")
          .contains("\"finish_reason\":\"length\"");
    }
  }

  @Test
  void severalTokensMayShareAnEventAndTheLengthIsKept() throws Exception {
    try (RawClient client = client(new Truth(Duration.ZERO, Duration.ZERO, 4))) {
      RawClient.Answer answer = client.ask(RawClient.completion(10));

      assertThat(answer.events()).hasSize(4);
      assertThat(answer.events().stream().map(event -> event.split(" token", -1).length - 1))
          .containsExactly(4, 4, 2, 0);
    }
  }

  @Test
  void withoutStreamTheAnswerComesInOnePieceWhenItsLastTokenIsDue() throws Exception {
    try (RawClient client = client(new Truth(Duration.ofMillis(30), Duration.ofMillis(10), 1))) {
      long before = System.nanoTime();
      RawClient.Answer answer = client
          .ask(RawClient.post("/v1/completions", "{\"prompt\":\"x\",\"max_tokens\":3}"));

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
      assertThat(answer.body()).contains("\"text\":\" token token token\"").contains("\"completion_tokens\":3");
    }
  }

  static Stream<Sockets> sockets() {
    return Stream.of(Sockets.best(), Sockets.selector());
  }

  /** Only lower bounds: a busy machine may make every delay longer, nothing may make it shorter. */
  @ParameterizedTest
  @MethodSource("sockets")
  void noTokenLeavesBeforeItIsDue(Sockets sockets) throws Exception {
    server = KnownTruthServer.start(settings(new Truth(Duration.ofMillis(40), Duration.ofMillis(20), 1), 2),
        NanoClock.system(), sockets);
    try (RawClient client = new RawClient(server.port()); RawClient other = new RawClient(server.port())) {
      long before = System.nanoTime();
      client.write(RawClient.completion(1));
      other.write(RawClient.completion(4));
      client.read();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(40));
      other.read();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }
  }

  @Test
  void aConnectionIsUsedAgainAndAgain() throws Exception {
    try (RawClient client = client(AT_ONCE)) {
      for (int tokens = 1; tokens <= 20; tokens++) {
        assertThat(client.ask(RawClient.completion(tokens)).events()).hasSize(tokens + 1);
      }
      assertThat(client.ask(RawClient.get("/v1/models")).body()).contains("\"id\":\"m\"");
      assertThat(client.ask(RawClient.get("/health")).status()).isEqualTo(200);
    }
  }

  @Test
  void aConnectionEndsWithTheAnswerWhereTheClientWantsThat() throws Exception {
    try (RawClient client = client(AT_ONCE)) {
      assertThat(client.ask(RawClient.post("/v1/completions", "{\"max_tokens\":2,\"stream\":true}",
          "Connection: close")).events()).hasSize(3);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void bodiesOfAnySizeArriveInAnyPieces() throws Exception {
    try (RawClient client = client(AT_ONCE)) {
      String ids = "123456,".repeat(50_000) + "1";
      String request = RawClient.post("/v1/completions",
          "{\"prompt\":[" + ids + "],\"max_tokens\":2,\"stream\":true,\"text\":\"" + "a\\\\\\\"b".repeat(20_000)
              + "\"}");
      int cut = request.indexOf("\r\n\r\n") + 3;
      client.write(request.substring(0, 10)).write(request.substring(10, cut));
      Thread.sleep(20);
      assertThat(client.write(request.substring(cut, 200_000)).ask(request.substring(200_000)).events()).hasSize(3);
    }
  }

  @Test
  void aClientThatHoldsItsBodyBackIsToldToGoOn() throws Exception {
    try (RawClient client = client(AT_ONCE)) {
      String request = RawClient.post("/v1/completions", "{\"max_tokens\":1,\"stream\":true}",
          "Expect: 100-continue");
      int body = request.indexOf("\r\n\r\n") + 4;
      assertThat(client.ask(request.substring(0, body)).status()).isEqualTo(100);
      assertThat(client.ask(request.substring(body)).events()).hasSize(2);
    }
  }

  @Test
  void whoSendsASecondRequestTooEarlyGetsTheFirstAnswerAndARefusal() throws Exception {
    try (RawClient client = client(new Truth(Duration.ofMillis(10), Duration.ZERO, 1))) {
      client.write(RawClient.completion(2) + RawClient.completion(2));

      assertThat(client.read().events()).hasSize(3);
      RawClient.Answer refusal = client.read();
      assertThat(refusal.status()).isEqualTo(400);
      assertThat(refusal.body()).contains("one request at a time on a connection");
      assertThat(client.ended()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "{\"max_tokens\":0} | 400 | max_tokens must be from 1",
      "{\"max_tokens\":1.5} | 400 | max_tokens must be a whole number",
      "{\"max_tokens\":\"1\"} | 400 | max_tokens must be a whole number",
      "{\"max_tokens\":1 | 400 | not a JSON object",
      "{\"max_tokens\":1}} | 400 | not a JSON object",
      "{\"a\":[1,2} | 400 | not a JSON object",
      "{\"a\":\"b} | 400 | not a JSON object",
      "{\"a\" | 400 | not a JSON object",
      "[] | 400 | not a JSON object"})
  void aBadBodyIsASentenceAndTheConnectionGoesOn(String body, int status, String sentence) throws Exception {
    try (RawClient client = client(AT_ONCE)) {
      RawClient.Answer refusal = client.ask(RawClient.post("/v1/completions", body));
      assertThat(refusal.status()).isEqualTo(status);
      assertThat(refusal.body()).contains(sentence);
      assertThat(client.ask(RawClient.completion(1)).events()).hasSize(2);
    }
  }

  @Test
  void whatIsNotServedIsSaid() throws Exception {
    try (RawClient client = client(AT_ONCE)) {
      assertThat(client.ask(RawClient.get("/metrics")).body()).contains("served are POST /v1/completions");
      assertThat(client.ask(RawClient.get("/v1/completions")).status()).isEqualTo(405);
      assertThat(client.ask("POST /v1/completions HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n").status())
          .isEqualTo(411);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void reportsWhatWasSentSinceTheLastReport() throws Exception {
    server = KnownTruthServer.start(settings(AT_ONCE, 2), NanoClock.system());
    try (RawClient one = new RawClient(server.port()); RawClient two = new RawClient(server.port())) {
      one.ask(RawClient.completion(10));
      two.ask(RawClient.completion(5));

      ServerReport report = server.takeReport();
      assertThat(report.requests()).isEqualTo(2);
      assertThat(report.events()).isEqualTo(15);
      assertThat(report.latenessP99Micros()).isPositive().isGreaterThanOrEqualTo(report.latenessP50Micros());
      assertThat(ServerReport.parse(report.json())).isEqualTo(report);
      assertThat(server.takeReport().events()).isZero();
    }
  }

  @Test
  void clientsThatGoAwayCostNothing() throws Exception {
    try (RawClient client = client(new Truth(Duration.ofMillis(20), Duration.ofMillis(20), 1))) {
      try (RawClient leaving = new RawClient(server.port())) {
        leaving.write(RawClient.completion(100));
      }
      assertThat(client.ask(RawClient.completion(3)).events()).hasSize(4);
    }
  }

  @Test
  void anAddressThatIsTakenIsASentence() throws Exception {
    client(AT_ONCE).close();
    ServerSettings taken = new ServerSettings("127.0.0.1", server.port(), 1, false, "m", AT_ONCE);
    assertThatThrownBy(() -> KnownTruthServer.start(taken, NanoClock.system())).isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:" + server.port());
  }
}
