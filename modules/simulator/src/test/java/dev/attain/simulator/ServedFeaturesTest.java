package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What vLLM's server gives only when its flags ask for it, through HTTP. */
class ServedFeaturesTest {

  private static final String COMPLETIONS = "/v1/completions";

  @Test
  void aPromptSeenBeforeIsCountedAsFoundEverywhere() {
    try (SimulatorServer server = SimulatorClient.start("--enable-prefix-caching", "--enable-prompt-tokens-details")) {
      SimulatorClient client = new SimulatorClient(server);

      JsonNode cold = client.postForJson(COMPLETIONS, body(prompt(100), ""));
      JsonNode warm = client.postForJson(COMPLETIONS, body(prompt(100), ""));
      List<String> streamed = client.events(COMPLETIONS,
          body(prompt(100), ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
      JsonNode salted = client.postForJson(COMPLETIONS, body(prompt(100), ",\"cache_salt\":\"mine\""));

      assertThat(cached(cold)).isZero();
      assertThat(cached(warm)).isEqualTo(96);
      assertThat(cached(SimulatorClient.json(streamed.get(streamed.size() - 2)))).isEqualTo(96);
      assertThat(cached(salted)).as("another salt shares nothing").isZero();
      assertThat(client.metric("vllm:prefix_cache_queries_total")).isEqualTo(400);
      assertThat(client.metric("vllm:prefix_cache_hits_total")).isEqualTo(192);
      assertThat(client.metric("vllm:prompt_tokens_by_source_total", "local_cache_hit")).isEqualTo(192);
      assertThat(client.metric("vllm:prompt_tokens_by_source_total", "local_compute")).isEqualTo(208);
      assertThat(client.metric("vllm:prompt_tokens_cached_total")).isEqualTo(192);
      SimulatorClient.eventually("an idle engine", () -> client.metric("vllm:num_requests_running") == 0);
      assertThat(client.metric("vllm:kv_cache_usage_perc")).as("what is remembered is free").isZero();
    }
  }

  @Test
  void aNextTurnFindsTheAnswerOfTheOneBefore() {
    try (SimulatorServer server = SimulatorClient.start("--enable-prefix-caching", "--enable-prompt-tokens-details")) {
      SimulatorClient client = new SimulatorClient(server);
      JsonNode first = client.postForJson(COMPLETIONS, "{\"prompt\":[" + prompt(40)
          + "],\"max_tokens\":60,\"return_token_ids\":true}");
      String answer = first.at("/choices/0/token_ids").toString().replaceAll("[\\[\\]]", "");

      JsonNode second = client.postForJson(COMPLETIONS, body(prompt(40) + "," + answer + ",1,2,3", ""));

      assertThat(cached(second)).as("whole blocks of 99 computed tokens").isEqualTo(96);
    }
  }

  @Test
  void withoutTheFlagsNothingIsSharedOrSaid() {
    try (SimulatorServer server = SimulatorClient.start()) {
      SimulatorClient client = new SimulatorClient(server);
      client.postForJson(COMPLETIONS, body(prompt(100), ""));
      JsonNode second = client.postForJson(COMPLETIONS, body(prompt(100), ""));

      assertThat(second.at("/usage/prompt_tokens_details").isNull()).isTrue();
      assertThat(second.has("metrics")).isFalse();
      assertThat(client.metric("vllm:prefix_cache_queries_total")).isZero();
      assertThat(client.metric("vllm:prompt_tokens_by_source_total", "local_compute")).isEqualTo(200);
    }
  }

  @Test
  void anAnswerSaysHowLongItsStagesTook() {
    try (SimulatorServer server = SimulatorClient.start("--enable-per-request-metrics")) {
      SimulatorClient client = new SimulatorClient(server);

      JsonNode whole = client.postForJson(COMPLETIONS, body(prompt(10), "")).get("metrics");
      List<String> events = client.events(COMPLETIONS,
          body(prompt(10), ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

      assertTimes(whole);
      assertTimes(SimulatorClient.json(events.get(events.size() - 2)).get("metrics"));
      assertThat(SimulatorClient.json(events.get(0)).has("metrics")).isFalse();
    }
  }

  @Test
  void usageCanBeForcedUponEveryStream() {
    try (SimulatorServer server = SimulatorClient.start("--enable-force-include-usage")) {
      List<String> events = new SimulatorClient(server).events(COMPLETIONS, body(prompt(10), ",\"stream\":true"));

      assertThat(events.subList(0, events.size() - 1)).allSatisfy(
          event -> assertThat(SimulatorClient.json(event).at("/usage/prompt_tokens").asInt()).isEqualTo(10));
      assertThat(SimulatorClient.json(events.get(events.size() - 2)).get("choices")).isEmpty();
    }
  }

  private static void assertTimes(JsonNode times) {
    assertThat(times.fieldNames()).toIterable().containsExactly("time_to_first_token_ms", "generation_time_ms",
        "queue_time_ms", "mean_itl_ms", "tokens_per_second");
    double first = times.get("time_to_first_token_ms").asDouble();
    double generation = times.get("generation_time_ms").asDouble();
    assertThat(first).isPositive();
    assertThat(times.get("mean_itl_ms").asDouble()).isEqualTo(generation / 3, within(1e-6));
    assertThat(times.get("tokens_per_second").asDouble()).isEqualTo(4000 / (first + generation), within(1e-3));
  }

  private static String prompt(int tokens) {
    return IntStream.rangeClosed(1, tokens).mapToObj(String::valueOf).collect(Collectors.joining(","));
  }

  private static String body(String prompt, String further) {
    return "{\"prompt\":[" + prompt + "],\"max_tokens\":4" + further + "}";
  }

  private static int cached(JsonNode answer) {
    return answer.at("/usage/prompt_tokens_details/cached_tokens").asInt(-1);
  }
}
