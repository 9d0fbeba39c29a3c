package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.sockets.Transport;
import io.netty.channel.ChannelException;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailedRequestTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private static RequestRecord outcomeOf(ClientSettings settings, ScriptedServer.Script script)
      throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(script)) {
      Driver.Finished run = Driver.run(settings, Driver.colocated(server), Driver.every(Duration.ZERO, 1),
          Driver.workload(5, 64));
      return run.records().getFirst();
    }
  }

  private static void assertFails(ScriptedServer.Script script, String reason) throws Exception {
    RequestRecord request = outcomeOf(Driver.settings(), script);
    assertThat(request.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(request.reason()).isEqualTo(reason);
    assertThat(request.sentNanos()).isNotEqualTo(RequestRecord.NEVER);
  }

  @Test
  void anErrorStatusFailsWithTheServersMessage() throws Exception {
    assertFails((request, wire) -> wire.json(500, "{\"error\":{\"message\":\"EngineCore died\",\"code\":500}}"),
        "HTTP 500: EngineCore died");
    assertFails((request, wire) -> wire.json(503, ""), "HTTP 503");
    assertFails((request, wire) -> wire.json(422, "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"not allowed\"}]}"),
        "HTTP 422: not allowed");
    assertFails((request, wire) -> wire.json(502, "<html>\n" + "x".repeat(500) + "</html>"),
        "HTTP 502: <html> " + "x".repeat(193));
  }

  @Test
  void aConnectionClosedInMidStreamSaysHowFarItCame() throws Exception {
    assertFails((request, wire) -> {
      wire.streamHead();
      wire.tokens(12, false);
      wire.close();
    }, "connection closed after 12 of 64 tokens");
    assertFails((request, wire) -> wire.close(), "connection closed before the first byte");
  }

  @Test
  void aResetSaysSo() throws Exception {
    assertFails((request, wire) -> wire.reset(), "connection reset before the first byte");
  }

  @Test
  void allTokensWithoutTheRegularEndOfTheStreamAreNotEnough() throws Exception {
    assertFails((request, wire) -> {
      wire.streamHead();
      wire.tokens(64, true);
      wire.close();
    }, "connection closed after 64 of 64 tokens");
  }

  @Test
  void anErrorEventAfterA200IsAFailure() throws Exception {
    assertFails((request, wire) -> {
      wire.streamHead();
      wire.tokens(3, false);
      wire.event("{\"error\":{\"message\":\"Internal server error\",\"code\":500}}");
      wire.done();
      wire.lastChunk();
    }, "error event: Internal server error");
  }

  @Test
  void aWrongNumberOfTokensIsAFailure() throws Exception {
    assertFails((request, wire) -> wire.completion(60), "64 tokens expected, 60 received");
  }

  @Test
  void aStreamMayEndWithoutDoneButNotWithoutAFinishReason() throws Exception {
    RequestRecord complete = outcomeOf(Driver.settings(), (request, wire) -> {
      wire.streamHead();
      wire.tokens(64, true);
      wire.lastChunk();
    });
    assertThat(complete.outcome()).isEqualTo(Outcome.COMPLETED);
    assertFails((request, wire) -> {
      wire.streamHead();
      wire.tokens(64, false);
      wire.lastChunk();
    }, "stream ended without [DONE] or a finish reason after 64 of 64 tokens");
  }

  @Test
  void doneCompletesTheRequestThoughTheServerNeverEndsTheAnswer() throws Exception {
    RequestRecord request = outcomeOf(Driver.settings(), (asked, wire) -> {
      wire.streamHead();
      wire.tokens(64, true);
      wire.done();
      Wire.pause(10_000);
    });
    assertThat(request.outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void whatIsNotHttpIsAFailure() throws Exception {
    assertFails((request, wire) -> {
      wire.raw("220 mail.example.org ESMTP\r\n");
      Wire.pause(10_000);
    }, "malformed answer: not an HTTP/1.1 status line: 220 mail.example.org ESMTP");
  }

  @Test
  void aRefusedConnectionNamesTheAddress() throws Exception {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    Driver.Finished run = Driver.run(Driver.settings(),
        new Target.Colocated(List.of(URI.create("http://localhost:" + port))), Driver.every(Duration.ofMillis(1), 3),
        Driver.workload(5, 64));

    assertThat(run.counts().failed()).isEqualTo(3);
    assertThat(run.reasons()).containsExactly("connection refused localhost:" + port);
    assertThat(run.load().resources().firstFailure()).isEmpty();
  }

  @Test
  void aSocketThatCannotBeMadeIsAFailureOnTheRightThread() throws Exception {
    Transport exhausted = new Transport.Netty(Transport.Netty.best(SslContextBuilder.forClient().build()).handlers(),
        () -> {
          throw new ChannelException("Too many open files");
        }, SslContextBuilder.forClient().build(), true);
    Target nowhere = new Target.Colocated(List.of(URI.create("http://127.0.0.1:1")));
    try (LoadClient client = LoadClient.open(Driver.settings(), nowhere, NanoClock.system(), exhausted)) {
      Driver.Finished run = Driver.finish(start(client, "nonce"));
      assertThat(run.outcomes()).containsExactly(Outcome.FAILED);
      assertThat(run.reasons()).singleElement().asString().startsWith("this node has no file descriptors left (")
          .endsWith("raise with ulimit -n)");
      assertThat(run.load().resources().failedForDescriptors()).isEqualTo(1);
      assertThat(run.load().resources().firstFailure()).isEqualTo(run.reasons().getFirst());
    }
  }

  @Test
  void aConnectionWithoutALocalPortIsTheNodesFaultNotTheServers() throws Exception {
    Transport exhausted = new Transport.Netty(Transport.Netty.best(SslContextBuilder.forClient().build()).handlers(),
        () -> {
          throw new ChannelException("connect failed", new IOException("Cannot assign requested address"));
        }, SslContextBuilder.forClient().build(), true);
    Target nowhere = new Target.Colocated(List.of(URI.create("http://127.0.0.1:1")));
    try (LoadClient client = LoadClient.open(Driver.settings(), nowhere, NanoClock.system(), exhausted)) {
      Driver.Finished run = Driver.finish(start(client, "nonce"));
      assertThat(run.outcomes()).containsExactly(Outcome.FAILED);
      assertThat(run.reasons()).singleElement().asString().startsWith("no local ports left towards 127.0.0.1:1");
      assertThat(run.load().resources().failedForPorts()).isEqualTo(1);
      assertThat(run.load().resources().failedForDescriptors()).isZero();
    }
  }

  @Test
  void aServerThatNeverAnswersTimesOutAtTheFirstByte() throws Exception {
    RequestRecord request = outcomeOf(Driver.settings(Duration.ofMillis(200), LONG),
        (asked, wire) -> Wire.pause(20_000));
    assertThat(request.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(request.reason()).isEqualTo("no first byte within 200 ms");
    assertThat(request.endNanos() - request.sentNanos()).isGreaterThanOrEqualTo(200_000_000);
  }

  @Test
  void aServerThatHangsInMidStreamTimesOutInTotal() throws Exception {
    RequestRecord request = outcomeOf(Driver.settings(LONG, Duration.ofMillis(300)), (asked, wire) -> {
      wire.streamHead();
      wire.tokens(5, false);
      Wire.pause(20_000);
    });
    assertThat(request.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(request.reason()).isEqualTo("no end within 300 ms, after 5 of 64 tokens");
    assertThat(request.tokenEvents()).isEqualTo(5);
  }

  @Test
  void aServerThatNeverSendsDoneNorEndsTimesOut() throws Exception {
    RequestRecord request = outcomeOf(Driver.settings(LONG, Duration.ofMillis(300)), (asked, wire) -> {
      wire.streamHead();
      wire.tokens(64, true);
      wire.usage(64);
      Wire.pause(20_000);
    });
    assertThat(request.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(request.reason()).isEqualTo("no end within 300 ms, after 64 of 64 tokens");
  }

  @Test
  void aConnectionThatTheServerClosedWhileIdleIsReplaced() throws Exception {
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> {
      wire.completion(request.maxTokens());
      Wire.pause(20);
      wire.close();
    })) {
      Driver.Finished run = Driver.run(Driver.settings(), Driver.colocated(server),
          Driver.every(Duration.ofMillis(200), 4), Driver.workload(5, 2));

      assertThat(run.counts().completed()).isEqualTo(4);
      assertThat(server.connections()).isEqualTo(4);
    }
  }

  @Test
  void aReusedConnectionThatBreaksIsAFailureThatSaysSoAndIsNotTriedAgain() throws Exception {
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> {
      if (request.onConnection() == 0) {
        wire.completion(request.maxTokens());
      } else {
        wire.reset();
      }
    }); LoadClient client = LoadClient.open(Driver.settings(), Driver.colocated(server), NanoClock.system())) {
      Driver.finish(start(client, "first"));
      Driver.Finished second = Driver.finish(start(client, "second"));

      assertThat(second.outcomes()).containsExactly(Outcome.FAILED);
      assertThat(second.reasons().getFirst())
          .matches("connection reset before the first byte, reused after \\d\\.\\d{3} s idle");
      assertThat(server.requests()).hasSize(2);
    }
  }

  private static LoadRun start(LoadClient client, String nonce) {
    LoadRun run = client.prepare(Driver.every(Duration.ZERO, 1), Driver.workload(5, 2), nonce, Driver.SLO);
    run.start(System.nanoTime());
    return run;
  }

  @Test
  void anErrorStatusDoesNotCostTheConnection() throws Exception {
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> wire.json(500, "{\"message\":\"no\"}"))) {
      Driver.Finished run = Driver.run(Driver.settings(), Driver.colocated(server),
          Driver.every(Duration.ofMillis(50), 4), Driver.workload(5, 2));

      assertThat(run.counts().failed()).isEqualTo(4);
      assertThat(server.connections()).isLessThan(4);
    }
  }
}
