package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
      Readiness.await("prefill-0", engine.plan(), "tiny", process, LONG);
      assertThat(engine.healthChecks).hasValue(3);
    }
  }

  @Test
  void aProcessThatEndsIsReportedAtOnceWithItsLastLines() throws Exception {
    try (GuardedProcess process = shell("echo reading weights; echo 'no such folder: /models/x' >&2; exit 3")) {
      assertThatThrownBy(() -> Readiness.await("prefill-0", nothing(), "tiny", process, LONG))
          .isInstanceOf(NotReadyException.class)
          .hasMessage("prefill-0 ended with exit code 3 before it was ready; the last lines of its log "
              + process.logFile() + ":\n    reading weights\n    no such folder: /models/x");
    }
  }

  @Test
  void aProcessThatWasKilledIsReportedWithItsSignal() throws Exception {
    try (GuardedProcess process = shell("kill -KILL $$")) {
      assertThatThrownBy(() -> Readiness.await("decode-1", nothing(), "tiny", process, LONG))
          .hasMessage("decode-1 was ended by signal 9 before it was ready; its log " + process.logFile() + " is empty");
    }
  }

  @Test
  void theDeadlineNamesInstanceLastStateAndLog() throws Exception {
    try (GuardedProcess process = shell("echo 'GPU KV cache size: 1,024 tokens'; echo waiting; sleep 600")) {
      LaunchPlan plan = nothing();
      Eventually.holds("both lines", () -> process.lastLogLines(5).size() == 2);
      assertThatThrownBy(() -> Readiness.await("decode-1", plan, "tiny", process, SHORT))
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
      assertThatThrownBy(() -> Readiness.await("decode-1", engine.plan(), "tiny", process, SHORT))
          .hasMessageContaining("/health gives HTTP 503");
    }
  }

  @Test
  void anotherModelIsNotReady() throws Exception {
    try (FakeEngine engine = FakeEngine.serving("large"); GuardedProcess process = shell("sleep 600")) {
      assertThatThrownBy(() -> Readiness.await("decode-1", engine.plan(), "tiny", process, SHORT))
          .hasMessageContaining("it serves the models [large] and not tiny");
    }
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    try (GuardedProcess process = shell("sleep 600")) {
      LaunchPlan plan = nothing();
      CompletableFuture<Throwable> outcome = new CompletableFuture<>();
      Thread waiting = Thread.ofPlatform().start(() -> {
        try {
          Readiness.await("decode-1", plan, "tiny", process, LONG);
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
    return new LaunchPlan(List.of(), Map.of(), base, base.resolve("/health"), Optional.empty());
  }
}
