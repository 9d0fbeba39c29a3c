package dev.attain.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.bench.Contender.Arena;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against files that the tools themselves have written. */
class ToolsTest {
  private static final Truth TRUTH = new Truth(Duration.ofMillis(24), Duration.ofMillis(24), 128);

  @TempDir
  private Path folder;

  @Test
  void vllmsResultIsUnderstood() throws Exception {
    Reading reading = read(new VllmRust(), "vllm.json", "result.json");

    assertThat(reading.completed()).isEqualTo(156);
    assertThat(reading.requestsPerSecond(TRUTH)).isBetween(35.0, 45.0);
    assertMillis(reading.ttft(), 24, 60);
    assertMillis(reading.itl(), 23.9, 35);
  }

  @Test
  void aiPerfsResultIsUnderstood() throws Exception {
    Reading reading = read(new AiPerf(), "aiperf.json", "profile_export_aiperf.json");

    assertThat(reading.completed()).isEqualTo(8);
    assertThat(reading.ttft()).isEqualTo(new Reading.Millis(32.44107375, 32.5999815, 38.93283329));
    assertMillis(reading.itl(), 23.9, 30);
  }

  @Test
  void guideLlmsResultIsUnderstood() throws Exception {
    Reading reading = read(new GuideLlm(), "guidellm.json", "result.json");

    assertThat(reading.completed()).isEqualTo(8);
    assertThat(reading.seconds()).isEqualTo(3.102705717086792);
    assertMillis(reading.ttft(), 28, 37);
    assertMillis(reading.itl(), 23.9, 24.1);
  }

  @Test
  void toolThatWroteNothingHasFailed() {
    for (Tool tool : tools()) {
      assertThatThrownBy(() -> tool.read(folder)).isInstanceOf(ContenderException.class)
          .hasMessageMatching("it wrote no \\w+\\.json");
    }
  }

  @Test
  void missingFigureIsNamed() throws IOException {
    Files.writeString(folder.resolve("result.json"), "{\"completed\": 3, \"duration\": \"long\"}");

    assertThatThrownBy(() -> new VllmPython().read(folder)).isInstanceOf(ContenderException.class)
        .hasMessage("its report has no number at /duration");
  }

  @Test
  void everyToolIsAskedForTheSameLoad() {
    var arena = new Arena(URI.create("http://127.0.0.1:1234"), TRUTH, "1", folder);
    for (Tool tool : tools()) {
      String command = String.join(" ", tool.command(Path.of("/tool"), Load.of(20_000, 10, 128, 3), arena,
          Path.of("/tokenizer"), Path.of("/results")));
      assertThat(command).as(tool.name()).contains("/tool ", "http://127.0.0.1:1234", "156.250", "1563", "/tokenizer",
          "/results", "128");
    }
  }

  private static List<Tool> tools() {
    return List.of(new VllmRust(), new VllmPython(), new AiPerf(), new GuideLlm());
  }

  private Reading read(Tool tool, String sample, String as) throws Exception {
    try (InputStream content = ToolsTest.class.getResourceAsStream(sample)) {
      Files.copy(content, folder.resolve(as));
    }
    return tool.read(folder);
  }

  private static void assertMillis(Reading.Millis millis, double low, double high) {
    assertThat(millis.mean()).isBetween(low, high);
    assertThat(millis.p50()).isBetween(low, high);
    assertThat(millis.p99()).isBetween(millis.p50(), high);
  }
}
