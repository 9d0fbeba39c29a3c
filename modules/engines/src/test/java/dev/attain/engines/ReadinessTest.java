package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReadinessTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(400);

  @TempDir
  private Path folder;

  @Test
  void anInstanceIsReadyOnceItIsHealthyAndServesTheModel() throws Exception {
    try (FakeEngine engine = new FakeEngine(2, 200, "{\"data\":[{\"id\":\"tiny\"}]}");
        GuardedProcess process = shell("sleep 600")) {
      Readiness.await("prefill-0", engine.plan(), Optional.of("tiny"), process, LONG, state -> {});
      assertThat(engine.healthChecks).hasValue(3);
    }
  }

  @Test
  void aProcessThatEndsIsReportedAtOnceWithItsLastLines() throws Exception {
    try (GuardedProcess process = shell("echo reading weights; echo 'no such folder: /models/x' >&2; exit 3")) {
      assertThatThrownBy(() -> Readiness.await("prefill-0", nothing(), Optional.of("tiny"), process, LONG, state -> {}))
          .isInstanceOf(NotReadyException.class)
          .hasMessage("prefill-0 ended with exit code 3 before it was ready; the last lines of its log "
              + process.logFile() + ":\n    reading weights\n    no such folder: /models/x");
    }
  }

  @Test
  void aProcessThatWasKilledIsReportedWithItsSignal() throws Exception {
    try (GuardedProcess process = shell("kill -KILL $$")) {
      assertThatThrownBy(() -> Readiness.await("decode-1", nothing(), Optional.of("tiny"), process, LONG, state -> {}))
          .hasMessage("decode-1 was ended by signal 9 before it was ready; its log " + process.logFile() + " is empty");
    }
  }

  @Test
  void theDeadlineNamesInstanceLastStateAndLog() throws Exception {
    try (GuardedProcess process = shell("echo 'GPU KV cache size: 1,024 tokens'; echo waiting; sleep 600")) {
      LaunchPlan plan = nothing();
      Eventually.holds("both lines", () -> process.lastLogLines(5).size() == 2);
      assertThatThrownBy(() -> Readiness.await("decode-1", plan, Optional.of("tiny"), process, SHORT, state -> {}))
          .isInstanceOf(NotReadyException.class)
          .hasMessage("decode-1 was not ready within 0.4 s: GET " + plan.healthUri()
              + " gives: connection refused or host not found; its log came as far as \"KV cache size 1,024 tokens\"; "
              + "the last lines of its log " + process.logFile()
              + ":\n    GPU KV cache size: 1,024 tokens\n    waiting");
    }
  }

  @Test
  void anUnhealthyInstanceIsNotReady() throws Exception {
    try (FakeEngine engine = new FakeEngine(Integer.MAX_VALUE, 200, ""); GuardedProcess process = shell("sleep 600")) {
      assertThatThrownBy(
          () -> Readiness.await("decode-1", engine.plan(), Optional.of("tiny"), process, SHORT, state -> {}))
          .hasMessageContaining("/health gives HTTP 503");
    }
  }

  @Test
  void anotherModelIsNotReady() throws Exception {
    try (FakeEngine engine = FakeEngine.serving("large"); GuardedProcess process = shell("sleep 600")) {
      assertThatThrownBy(
          () -> Readiness.await("decode-1", engine.plan(), Optional.of("tiny"), process, SHORT, state -> {}))
          .hasMessageContaining("it serves the models [large] and not tiny");
    }
  }

  @Test
  void anInstanceIsReadyOnlyOnceItsSideChannelGreets() throws Exception {
    try (FakeEngine engine = FakeEngine.serving("tiny");
        ServerSocket channel = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        GuardedProcess process = shell("sleep 600")) {
      LaunchPlan plan = engine.plan()
          .listeningOn(new SideChannel("127.0.0.1", channel.getLocalPort(), SideChannel.Greeting.ZMQ));
      Thread greeting = Thread.ofPlatform().start(() -> greet(channel,
          "HTTP/1.1 400".getBytes(StandardCharsets.US_ASCII), new byte[]{-1, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 1}));
      Readiness.await("decode-0", plan, Optional.of("tiny"), process, LONG, state -> {});
      greeting.join(10_000);
      assertThat(engine.healthChecks).hasValue(2);
    }
  }

  /** Sends each caller the next of the greetings. */
  private static void greet(ServerSocket channel, byte[]... greetings) {
    for (byte[] greeting : greetings) {
      try (Socket caller = channel.accept()) {
        caller.getOutputStream().write(greeting);
        caller.shutdownOutput();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void aSideChannelThatDoesNotListenIsNamed() throws Exception {
    try (FakeEngine engine = FakeEngine.serving("tiny"); GuardedProcess process = shell("sleep 600")) {
      int port = Ports.free("127.0.0.1");
      LaunchPlan plan = engine.plan().listeningOn(new SideChannel("127.0.0.1", port, SideChannel.Greeting.NONE));
      assertThatThrownBy(() -> Readiness.await("decode-1", plan, Optional.of("tiny"), process, SHORT, state -> {}))
          .hasMessageContaining("its side channel 127.0.0.1:" + port + " does not answer (Connection refused)");
    }
  }

  @Test
  void whatTheLogTellsIsPassedOn() throws Exception {
    List<EngineState> states = new CopyOnWriteArrayList<>();
    try (
        GuardedProcess process = shell("echo Starting to load model x; sleep 0.5; echo Compiling a graph; sleep 0.5")) {
      assertThatThrownBy(() -> Readiness.await("decode-1", nothing(), Optional.of("tiny"), process, LONG, states::add))
          .isInstanceOf(NotReadyException.class)
          .extracting(failure -> ((NotReadyException) failure).why()).isEqualTo(NotReadyException.Cause.MAY_PASS);
    }
    assertThat(states).extracting(EngineState::phase).containsExactly("loading", "compiling");
  }

  @Test
  void aKnownCauseComesBeforeTheLogAndIsPermanent() throws Exception {
    try (GuardedProcess process = shell("echo 'vllm: error: unrecognized arguments: --x'; exit 2")) {
      assertThatThrownBy(() -> Readiness.await("decode-1", nothing(), Optional.of("tiny"), process, LONG, state -> {}))
          .hasMessageStartingWith("this version of the engine does not know the arguments --x; correct ")
          .hasMessageContaining("(decode-1 ended with exit code 2 before it was ready); the last lines of its log ")
          .extracting(failure -> ((NotReadyException) failure).why()).isEqualTo(NotReadyException.Cause.PERMANENT);
    }
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    try (GuardedProcess process = shell("sleep 600")) {
      LaunchPlan plan = nothing();
      CompletableFuture<Throwable> outcome = new CompletableFuture<>();
      Thread waiting = Thread.ofPlatform().start(() -> {
        try {
          Readiness.await("decode-1", plan, Optional.of("tiny"), process, LONG, state -> {});
        } catch (NotReadyException | InterruptedException e) {
          outcome.complete(e);
        }
      });
      waiting.interrupt();
      assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }
  }

  private GuardedProcess shell(String script) throws IOException {
    return GuardedProcess.start(List.of("sh", "-c", script), Map.of(), folder.resolve("engine.log"));
  }

  private static LaunchPlan nothing() throws IOException {
    URI base = URI.create("http://127.0.0.1:" + Ports.free("127.0.0.1"));
    return new LaunchPlan(List.of(), Map.of(), base, base.resolve("/health"), Optional.empty(), Optional.empty());
  }
}
