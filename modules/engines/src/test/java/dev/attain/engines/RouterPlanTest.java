package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.experiment.Router;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouterPlanTest {
  private static final List<URI> PREFILL = List.of(URI.create("http://10.0.0.1:1"), URI.create("http://10.0.0.1:2"));
  private static final List<URI> DECODE = List.of(URI.create("http://10.0.0.2:3"));

  private static LaunchPlan plan(String... command) {
    return RouterPlan.of(new Router(List.of(command), "/healthcheck"), "127.0.0.1", 8000, PREFILL, DECODE);
  }

  @Test
  void aWordIsRepeatedForEachInstanceAndThenSplit() {
    assertThat(plan("vllm-router", "--prefill {prefill}", "--decode {decode}", "--host", "{host}", "--port={port}")
        .command()).containsExactly("vllm-router", "--prefill", "http://10.0.0.1:1", "--prefill", "http://10.0.0.1:2",
            "--decode", "http://10.0.0.2:3", "--host", "127.0.0.1", "--port=8000");
  }

  @Test
  void hostsAndPortsMayBeListedApart() {
    assertThat(plan("toy", "--prefiller-hosts", "{prefill.host}", "--prefiller-ports", "{prefill.port}").command())
        .containsExactly("toy", "--prefiller-hosts", "10.0.0.1", "10.0.0.1", "--prefiller-ports", "1", "2");
  }

  @Test
  void wordsWithoutPlaceholdersStayAsTheyAre() {
    assertThat(plan("sh", "-c", "echo a b").command()).containsExactly("sh", "-c", "echo a b");
    assertThat(plan("r").healthUri()).isEqualTo(URI.create("http://127.0.0.1:8000/healthcheck"));
  }
}
