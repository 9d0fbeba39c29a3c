package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What answers say of their own length, and that a fault makes every dialect lie about it. */
class UsageTest {

  private static final String TEXT = "{\"prompt\":\"twelve chars\",\"max_tokens\":4,\"stream\":true";
  private static final String TALK = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":4,"
      + "\"stream\":true";

  @TempDir
  private Path folder;

  private SimulatorServer start(EngineStyle style, String... flags) {
    List<String> all = new ArrayList<>(
        List.of("--sim-dialect", style.wireName(), "--truth", truth().file().toString()));
    all.addAll(List.of(flags));
    return SimulatorClient.start(all.toArray(String[]::new));
  }

  private Truth truth() {
    return new Truth(folder.resolve("truth.jsonl"));
  }

  @ParameterizedTest
  @EnumSource
  void everyDialectCanClaimTokensThatItDidNotSend(EngineStyle style) {
    try (SimulatorServer server = start(style, "--sim-fault", "wrong-usage:by=2")) {
      SimulatorClient client = new SimulatorClient(server);
      String options = style == EngineStyle.TRANSFORMERS ? "}" : ",\"stream_options\":{\"include_usage\":true}}";

      JsonNode text = usage(client, "/v1/completions", TEXT + options, "text");
      JsonNode talk = usage(client, "/v1/chat/completions", TALK + options, "talk");
      JsonNode whole = SimulatorClient.json(client.post("/v1/completions", "{\"prompt\":\"twelve chars\","
          + "\"max_tokens\":4}", "X-Request-Id", "whole").body()).get("usage");

      assertThat(text.get("completion_tokens").asInt()).isEqualTo(6);
      assertThat(text.get("prompt_tokens").asInt()).isEqualTo(3);
      assertThat(text.get("total_tokens").asInt()).isEqualTo(9);
      assertThat(talk.get("completion_tokens").asInt()).isEqualTo(6);
      assertThat(whole.get("completion_tokens").asInt()).isEqualTo(6);
      assertThat(List.of("text", "talk", "whole"))
          .allSatisfy(id -> assertThat(faults(id)).isEqualTo("[\"wrong-usage\"]"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerThatIsToKeepToTheTruthDoes(EngineStyle style) {
    try (SimulatorServer server = start(style)) {
      String options = style == EngineStyle.TRANSFORMERS ? "}" : ",\"stream_options\":{\"include_usage\":true}}";

      JsonNode usage = usage(new SimulatorClient(server), "/v1/completions", TEXT + options, "text");

      assertThat(usage.get("completion_tokens").asInt()).isEqualTo(4);
      assertThat(faults("text")).isEqualTo("[]");
    }
  }

  @Test
  void aStreamThatSaysNothingOfItsLengthIsNotStruck() {
    try (SimulatorServer server = start(EngineStyle.SGLANG, "--sim-fault", "wrong-usage")) {
      SimulatorClient client = new SimulatorClient(server);

      client.post("/v1/completions", TEXT + "}", "X-Request-Id", "silent");
      client.post("/v1/completions", TEXT + ",\"stream_options\":{\"continuous_usage_stats\":true}}", "X-Request-Id",
          "counting");

      assertThat(faults("silent")).isEqualTo("[]");
      assertThat(faults("counting")).as("usage in every event, though none at the end")
          .isEqualTo("[\"wrong-usage\"]");
    }
  }

  private String faults(String id) {
    return truth().of(id).get("faults").toString();
  }

  /** The last usage that a stream gives. */
  private static JsonNode usage(SimulatorClient client, String path, String body, String id) {
    String answer = client.post(path, body, "X-Request-Id", id).body();
    return answer.lines().filter(line -> line.startsWith("data: {"))
        .map(line -> SimulatorClient.json(line.substring("data: ".length())).path("usage"))
        .filter(JsonNode::isObject).reduce((before, last) -> last)
        .orElseThrow(() -> new AssertionError("no usage in " + answer));
  }
}
