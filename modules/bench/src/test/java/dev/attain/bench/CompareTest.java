package dev.attain.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class CompareTest {
  @TempDir
  private Path folder;

  @BeforeEach
  void needsTwoCpus() throws IOException {
    assumeTrue(Cpus.allowed().length >= 2, "one CPU for the server and one for the clients");
  }

  @Test
  @Timeout(120)
  void ourOwnClientIsMeasuredAgainstTheServerAndWrittenDown() throws IOException {
    int exit = Compare.execute("--peers", "none", "--rates", "1280", "--seconds", "1", "--rounds", "1", "--warm-up",
        "1",
        "--output", folder.toString());

    assertThat(exit).isZero();
    JsonNode run = Json.MAPPER.readTree(folder.resolve("runs.json").toFile()).at("/runs/0");
    assertThat(run.get("client").asText()).isEqualTo("attain");
    assertThat(run.get("completed").asInt()).isEqualTo(10);
    assertThat(run.get("serverEvents").asInt()).as("as the server counted").isEqualTo(1280);
    assertThat(run.get("ttftP50Millis").asDouble()).as("true TTFT is 24 ms").isGreaterThanOrEqualTo(24);
    assertThat(run.get("cpuSeconds").asDouble()).isGreaterThan(run.get("startUpCpuSeconds").asDouble());
    assertThat(folder.resolve("table.md")).content().contains("| 1280 | attain |");
    assertThat(folder.resolve("plots/cpu-over-events.svg")).content().contains("attain");
  }

  @Test
  void argumentsWithoutSenseAreRefusedBeforeAnythingStarts() {
    assertThat(Compare.execute("--peers", "wrk")).isEqualTo(3);
    assertThat(Compare.execute("--rates", "0")).isEqualTo(3);
    assertThat(Compare.execute("--server-cpus", "0", "--client-cpus", "0-1")).isEqualTo(3);
    assertThat(Compare.execute("--server-cpus", "first")).isEqualTo(3);
  }

  @Test
  void tinyTokenizerKnowsEveryByte() throws IOException {
    JsonNode vocabulary = Json.MAPPER.readTree(TinyTokenizer.in(folder).resolve("tokenizer.json").toFile())
        .at("/model/vocab");

    Set<Integer> ids = new HashSet<>();
    vocabulary.forEach(id -> ids.add(id.asInt()));
    assertThat(ids).hasSize(258).contains(0, 257);
    assertThat(vocabulary.get("A").asInt()).isEqualTo(2 + 'A');
    assertThat(vocabulary.get("\u0120").asInt()).as("the blank, as byte-level tokenizers write it").isEqualTo(2 + ' ');
    assertThat(Files.exists(folder.resolve("tokenizer_config.json"))).isTrue();
  }
}
