package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {
  @TempDir
  private Path folder;

  private void grow(String text) throws IOException {
    Files.writeString(folder.resolve("engine.log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private LogFollower from(long start) {
    return new LogFollower(folder.resolve("engine.log"), start);
  }

  @Test
  void theLastTellTaleLineStandsUntilTheNext() throws IOException {
    LogFollower log = from(0);
    assertThat(log.latest()).isEmpty();
    grow("Starting to load model x\nsomething else\n");
    assertThat(log.latest().orElseThrow().describe()).isEqualTo("loading");
    assertThat(log.latest().orElseThrow().describe()).isEqualTo("loading");
    grow("GPU KV cache size: 16 tokens\n");
    assertThat(log.latest()).hasValue(new EngineState.KvCache(16));
  }

  @Test
  void aLineThatIsWrittenInPartsIsReadAsOne() throws IOException {
    LogFollower log = from(0);
    grow("GPU KV cache");
    assertThat(log.latest()).isEmpty();
    grow(" size: 16 tokens");
    assertThat(log.latest()).hasValue(new EngineState.KvCache(16));
  }

  @Test
  void progressBarsAreReadWhileTheyGrow() throws IOException {
    LogFollower log = from(0);
    grow(
        "Capturing CUDA graphs (decode):   0%| | 0/51 [00:00<?, ?it/s]\rCapturing CUDA graphs (decode):  31%|#| 16/51 [00:02<");
    assertThat(log.latest().orElseThrow().describe()).isEqualTo("capturing graphs 16 of 51");
  }

  @Test
  void whatStoodThereBeforeTellsNothing() throws IOException {
    grow("Application startup complete.\n");
    LogFollower log = from(Files.size(folder.resolve("engine.log")));
    assertThat(log.latest()).isEmpty();
    grow("Starting to load model x\n");
    assertThat(log.latest().orElseThrow().describe()).isEqualTo("loading");
  }

  @Test
  void ofALogThatGrowsFasterThanItIsReadTheEndCounts() throws IOException {
    LogFollower log = from(0);
    grow("Application startup complete.\n" + "x".repeat(600_000) + "\nStarting to load model x\n");
    assertThat(log.latest().orElseThrow().describe()).isEqualTo("loading");
  }
}
