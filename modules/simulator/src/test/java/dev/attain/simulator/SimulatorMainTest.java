package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SimulatorMainTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return SimulatorMain.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void badFlagsEndWithTwoAndOneSentence() {
    assertThat(run("--prot", "1")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).hasLineCount(1).contains("--prot", "--port");
  }

  @Test
  void aTakenPortEndsWithOneAndOneSentence() {
    try (SimulatorServer other = SimulatorClient.start()) {
      assertThat(run("--port", String.valueOf(other.port()))).isEqualTo(1);
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).hasLineCount(1).contains("cannot listen on 127.0.0.1:");
  }

  @Test
  void theHelpIsPrinted() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--max-num-batched-tokens");
  }

  @Test
  void itServesUntilItIsInterruptedAndSaysVllmsTellTaleLines() throws Exception {
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    Thread thread = new Thread(() -> ended.complete(run("--port", "0", "--sim-kv-tokens", "200000")));
    thread.start();
    SimulatorClient.eventually("start-up",
        () -> out.toString(StandardCharsets.UTF_8).contains("Application startup complete."));
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("GPU KV cache size: 200,000 tokens");

    thread.interrupt();

    assertThat(ended.get(20, TimeUnit.SECONDS)).isZero();
  }
}
