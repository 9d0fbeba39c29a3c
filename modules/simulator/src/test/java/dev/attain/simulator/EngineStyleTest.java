package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Streams, requests, flags and metrics of engines other than vLLM. */
class EngineStyleTest {

  private static final String COMPLETIONS = "/v1/completions";
  private static final String CHAT = "/v1/chat/completions";
  private static final String TEXT = "{\"prompt\":\"once upon a time\",\"max_tokens\":3,\"stream\":true";
  private static final String TALK = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":3,"
      + "\"stream\":true";
  private static final String USAGE = ",\"stream_options\":{\"include_usage\":true}}";

  @Test
  void sglangSpellsOutNullsAndEndsAChatWithAnEventOfItsOwn() {
    try (SimulatorServer server = start("sglang", "--model-path", "qwen3-0.6b", "--tp-size", "1", "--enable-metrics")) {
      SimulatorClient client = new SimulatorClient(server);

      List<String> chat = client.events(CHAT, TALK + USAGE);

      assertThat(chat).as("role, three tokens, the finish reason, usage, the end mark").hasSize(7).endsWith("[DONE]");
      assertThat(SimulatorClient.json(chat.get(0)).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
      assertThat(chat.get(1)).contains("\"role\":null", "\"matched_stop\":null", "\"usage\":null");
      assertThat(SimulatorClient.json(chat.get(4)).at("/choices/0/finish_reason").asText()).isEqualTo("length");
      assertThat(SimulatorClient.json(chat.get(4)).at("/choices/0/delta/content").isNull()).isTrue();
      assertThat(SimulatorClient.json(chat.get(5)).at("/usage/completion_tokens").asInt()).isEqualTo(3);
      assertThat(client.metric("sglang:generation_tokens_total")).isEqualTo(3);
      assertThat(client.get("/metrics").body()).doesNotContain("vllm:");
    }
  }

  @Test
  void sglangCountsContinuouslyWithoutFinalUsageAndHasMetricsOnlyWhenAsked() {
    try (SimulatorServer server = start("sglang")) {
      SimulatorClient client = new SimulatorClient(server);

      List<String> events = client.events(COMPLETIONS, TEXT + ",\"stream_options\":{\"continuous_usage_stats\":true}}");

      assertThat(events).hasSize(4);
      assertThat(SimulatorClient.json(events.get(1)).at("/usage/completion_tokens").asInt()).isEqualTo(2);
      assertThat(client.get("/metrics").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void tensorRtLlmEndsItsFirstChatEventWithABlankAndTellsItsStepsOnce() {
    try (SimulatorServer server = start("tensorrt-llm", "--tp_size", "1", "--max_batch_size", "8")) {
      SimulatorClient client = new SimulatorClient(server);

      List<String> chat = client.events(CHAT, TALK + USAGE);

      assertThat(chat).hasSize(6).endsWith("[DONE]");
      assertThat(chat.get(0)).endsWith("} ");
      assertThat(chat.get(1)).endsWith("}").contains("\"tool_calls\":[]", "\"stop_reason\":null");
      JsonNode steps = SimulatorClient.json(client.get("/metrics").body());
      assertThat(steps.get(0).at("/kvCacheStats/maxNumBlocks").asInt()).isPositive();
      SimulatorClient.eventually("nothing new to tell", () -> client.get("/metrics").body().equals("[]"));
    }
  }

  @Test
  void lmdeployTakesTextOnlyAndRepeatsWhoSpeaks() {
    try (SimulatorServer server = start("lmdeploy", "--model-name", "m", "--tp", "1")) {
      SimulatorClient client = new SimulatorClient(server);

      List<String> chat = client.events(CHAT, TALK + USAGE);

      assertThat(chat).as("three tokens, the finish reason, usage, the end mark").hasSize(6).endsWith("[DONE]");
      assertThat(chat.subList(0, 4)).allSatisfy(event -> {
        assertThat(SimulatorClient.json(event).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(event).contains("\"usage\":null");
      });
      assertThat(client.post(COMPLETIONS, "{\"prompt\":[1,2],\"max_tokens\":1}").statusCode()).isEqualTo(400);
      assertThat(client.metric("lmdeploy:generation_tokens_total")).isEqualTo(3);
    }
  }

  @Test
  void transformersEndsWithTheBodyAndSendsUsageUnasked() {
    try (SimulatorServer server = start("transformers", "--continuous-batching")) {
      SimulatorClient client = new SimulatorClient(server);

      List<String> chat = client.events(CHAT, TALK + "}");
      List<String> text = client.events(COMPLETIONS, TEXT + "}");

      assertThat(chat).as("role, three tokens, the end").hasSize(5).doesNotContain("[DONE]");
      JsonNode last = SimulatorClient.json(chat.get(4));
      assertThat(last.at("/choices/0/finish_reason").asText()).isEqualTo("length");
      assertThat(last.at("/usage/completion_tokens").asInt()).isEqualTo(3);
      assertThat(text).hasSize(4);
      assertThat(client.post(CHAT, TALK + USAGE).statusCode()).isEqualTo(422);
      assertThat(client.post(COMPLETIONS, "{\"prompt\":[1,2],\"max_tokens\":1}").statusCode()).isEqualTo(400);
      assertThat(client.get("/metrics").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void anotherEnginesFlagIsUnknownToVllm() {
    assertThatThrownBy(() -> SimulatorOptions.parse(List.of("--tp-size", "2"), Map.of()))
        .hasMessageContaining("unknown flag --tp-size");
    assertThatThrownBy(() -> SimulatorOptions.parse(List.of("--sim-dialect", "ollama"), Map.of()))
        .hasMessageContaining("\"ollama\" is not one of vllm, sglang, tensorrt-llm, lmdeploy, transformers");
  }

  private static SimulatorServer start(String dialect, String... flags) {
    List<String> all = new ArrayList<>(List.of("--sim-dialect", dialect));
    all.addAll(List.of(flags));
    return SimulatorClient.start(all.toArray(String[]::new));
  }
}
