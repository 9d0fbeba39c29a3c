package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ServingTest {

  private static final String COMPLETIONS = "/v1/completions";
  private static final String CHAT = "/v1/chat/completions";

  private static SimulatorServer server;
  private static SimulatorClient client;

  @BeforeAll
  static void start() {
    server = SimulatorClient.start("--sim-gpu", "h200", "--max-model-len", "4096", "--served-model-name", "llama",
        "alias");
    client = new SimulatorClient(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aStreamHasOneEventForEachTokenThenUsageThenTheEndMark() {
    List<String> events = client.events(COMPLETIONS,
        "{\"prompt\":[1,2,3],\"max_tokens\":5,\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

    assertThat(events).hasSize(7).endsWith("[DONE]");
    for (int i = 0; i < 5; i++) {
      JsonNode event = SimulatorClient.json(events.get(i));
      assertThat(event.get("object").asText()).isEqualTo("text_completion");
      assertThat(event.get("model").asText()).isEqualTo("llama");
      assertThat(event.has("usage")).isFalse();
      JsonNode choice = event.get("choices").get(0);
      assertThat(choice.fieldNames()).toIterable().containsExactly("index", "text", "logprobs", "finish_reason",
          "stop_reason", "prompt_token_ids", "token_ids");
      assertThat(choice.get("text").asText()).matches(" [a-z]{3}");
      assertThat(choice.get("finish_reason").asText()).isEqualTo(i == 4 ? "length" : "null");
    }
    JsonNode usage = SimulatorClient.json(events.get(5));
    assertThat(usage.get("choices")).isEmpty();
    assertThat(usage.get("usage").toString())
        .isEqualTo("{\"prompt_tokens\":3,\"total_tokens\":8,\"completion_tokens\":5}");
  }

  @Test
  void continuousUsageAndTokenIdsComeWithEveryEvent() {
    List<String> events = client.events(COMPLETIONS,
        "{\"prompt\":[7,8],\"max_tokens\":3,\"stream\":true,\"return_token_ids\":true,"
            + "\"stream_options\":{\"include_usage\":true,\"continuous_usage_stats\":true}}");

    for (int i = 0; i < 3; i++) {
      JsonNode event = SimulatorClient.json(events.get(i));
      JsonNode choice = event.get("choices").get(0);
      assertThat(event.get("usage").get("completion_tokens").asInt()).isEqualTo(i + 1);
      assertThat(choice.get("token_ids")).hasSize(1);
      assertThat(choice.get("prompt_token_ids").toString()).isEqualTo(i == 0 ? "[7,8]" : "null");
      int id = choice.get("token_ids").get(0).asInt();
      assertThat(choice.get("text").asText()).isEqualTo(TokenText.text(id));
    }
  }

  @Test
  void aChatStreamBeginsWithTheRole() {
    List<String> events = client.events(CHAT,
        "{\"messages\":[{\"role\":\"user\",\"content\":\"hello there\"}],\"max_tokens\":2,\"stream\":true}");

    assertThat(events).hasSize(4).endsWith("[DONE]");
    assertThat(SimulatorClient.json(events.get(0)).get("choices").get(0).get("delta").toString())
        .isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
    JsonNode last = SimulatorClient.json(events.get(2));
    assertThat(last.get("object").asText()).isEqualTo("chat.completion.chunk");
    assertThat(last.get("choices").get(0).get("delta").get("content").asText()).hasSize(4);
    assertThat(last.get("choices").get(0).get("finish_reason").asText()).isEqualTo("length");
  }

  @Test
  void aWholeAnswerHasTextUsageAndTheRequestsId() {
    HttpResponse<String> response = client.post(COMPLETIONS, "{\"model\":\"alias\",\"prompt\":\"four and four more\"}",
        "X-Request-Id", "abc");

    JsonNode answer = SimulatorClient.json(response.body());
    assertThat(answer.get("id").asText()).isEqualTo("cmpl-abc");
    assertThat(answer.get("choices").get(0).get("text").asText()).hasSize(16 * 4);
    assertThat(answer.get("usage").get("prompt_tokens").asInt()).isEqualTo(5);
    assertThat(answer.get("usage").get("completion_tokens").asInt()).isEqualTo(16);
    assertThat(answer.get("kv_transfer_params").isNull()).isTrue();
  }

  @Test
  void theSameRequestIdGivesTheSameTokens() {
    String body = "{\"prompt\":[1],\"max_tokens\":8,\"request_id\":\"same\"}";

    String first = client.postForJson(COMPLETIONS, body).get("choices").toString();

    assertThat(client.postForJson(COMPLETIONS, body).get("choices").toString()).isEqualTo(first);
  }

  @Test
  void aChatThatSetsNoLimitEndsByItself() {
    JsonNode answer = client.postForJson(CHAT,
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}],\"request_id\":\"a\"}");

    assertThat(answer.get("choices").get(0).get("finish_reason").asText()).isEqualTo("stop");
    assertThat(answer.get("choices").get(0).get("message").get("role").asText()).isEqualTo("assistant");
  }

  @Test
  void answersEndByThemselvesAfterTheLeastNumberOfTokensUnlessEosIsIgnored() {
    try (SimulatorServer ending = SimulatorClient.start("--sim-eos-probability", "0.5")) {
      SimulatorClient own = new SimulatorClient(ending);
      int further = 0;
      for (int i = 0; i < 60; i++) {
        JsonNode answer = own.postForJson(COMPLETIONS,
            "{\"prompt\":[1],\"max_tokens\":100,\"min_tokens\":3,\"request_id\":\"eos-" + i + "\"}");
        assertThat(answer.get("choices").get(0).get("finish_reason").asText()).isEqualTo("stop");
        assertThat(answer.get("usage").get("completion_tokens").asInt()).isGreaterThan(3);
        further += answer.get("usage").get("completion_tokens").asInt() - 3;
      }
      assertThat(further / 60.0).isBetween(1.5, 2.5);
      JsonNode forced = own.postForJson(COMPLETIONS, "{\"prompt\":[1],\"max_tokens\":30,\"ignore_eos\":true}");
      assertThat(forced.get("choices").get(0).get("finish_reason").asText()).isEqualTo("length");
      assertThat(forced.get("usage").get("completion_tokens").asInt()).isEqualTo(30);
    }
  }

  @Test
  void badRequestsGetVllmsErrors() {
    assertError(client.post(COMPLETIONS, "{\"prompt\":[1]"), 400, "Bad Request", "null", "JSON decode error");
    assertError(client.post(COMPLETIONS, "[]"), 400, "Bad Request", "null", "JSON object");
    assertError(client.post(COMPLETIONS, "{\"prompt\":[1],\"max_tokens\":\"x\"}"), 400, "Bad Request", "null",
        "max_tokens");
    assertError(client.post(COMPLETIONS, "{\"model\":\"gpt\",\"prompt\":[1]}"), 404, "NotFoundError", "model",
        "The model `gpt` does not exist.");
    assertError(client.post(COMPLETIONS, "{\"prompt\":[1],\"max_tokens\":4096}"), 400, "BadRequestError",
        "input_tokens", "context length is only 4096");
    assertError(client.post(COMPLETIONS, "{\"prompt\":[1],\"max_tokens\":0}"), 400, "BadRequestError", "max_tokens",
        "at least 1, got 0");
    assertError(client.post(COMPLETIONS, "{\"prompt\":[1],\"max_tokens\":1,\"min_tokens\":2}"), 400, "BadRequestError",
        "min_tokens", "max_tokens=1, got 2");
    assertError(client.post(COMPLETIONS, "{\"prompt\":[1],\"stream_options\":{\"include_usage\":true}}"), 400,
        "BadRequestError", "stream_options", "`stream=True`");
    assertError(client.post(COMPLETIONS, "{\"prompt\":[\"a\",\"b\"]}"), 400, "BadRequestError", "prompt",
        "a string or a list of token ids");
    assertError(client.post(COMPLETIONS, "{\"prompt\":[999999]}"), 400, "BadRequestError", "prompt",
        "out of vocabulary");
    assertError(client.post(COMPLETIONS, "{\"max_tokens\":1}"), 400, "BadRequestError", "prompt", "non-empty");
    assertError(client.post(CHAT, "{\"messages\":[]}"), 400, "BadRequestError", "messages", "non-empty");
    assertError(client.post(COMPLETIONS, "{\"prompt\":[1],\"n\":2}"), 400, "BadRequestError", "n", "one choice");
    assertError(client.post("/v1/nothing", "{}"), 404, "NotFoundError", "null", "Not Found");
    assertError(client.get(COMPLETIONS), 405, "MethodNotAllowedError", "null", "Method Not Allowed");
  }

  private static void assertError(HttpResponse<String> response, int status, String type, String field,
      String message) {
    assertThat(response.statusCode()).isEqualTo(status);
    JsonNode error = SimulatorClient.json(response.body()).get("error");
    assertThat(error.get("code").asInt()).isEqualTo(status);
    assertThat(error.get("type").asText()).isEqualTo(type);
    assertThat(error.get("param").asText()).isEqualTo(field);
    assertThat(error.get("message").asText()).contains(message);
  }

  @Test
  void healthModelsVersionAndTokenizerAnswer() {
    assertThat(client.get("/health").statusCode()).isEqualTo(200);
    assertThat(client.get("/health").body()).isEmpty();
    assertThat(SimulatorClient.json(client.get("/version").body()).get("version").asText()).startsWith("0.");
    JsonNode models = SimulatorClient.json(client.get("/v1/models").body()).get("data");
    assertThat(models.get(0).get("id").asText()).isEqualTo("llama");
    assertThat(models.get(0).get("root").asText()).isEqualTo("llama-3.1-8b");
    assertThat(models.get(0).get("max_model_len").asInt()).isEqualTo(4096);
    assertThat(models.get(1).get("id").asText()).isEqualTo("alias");
    JsonNode tokens = client.postForJson("/tokenize", "{\"prompt\":\" abc xyz?\"}");
    assertThat(tokens.get("count").asInt()).isEqualTo(3);
    assertThat(client.postForJson("/detokenize", "{\"tokens\":[" + tokens.get("tokens").get(1) + "]}").get("prompt")
        .asText()).isEqualTo(" xyz");
  }

  @Test
  void metricsCountWhatWasServed() {
    try (SimulatorServer fresh = SimulatorClient.start()) {
      SimulatorClient own = new SimulatorClient(fresh);
      own.events(COMPLETIONS, "{\"prompt\":[1,2,3,4],\"max_tokens\":6,\"stream\":true}");

      assertThat(own.metric("vllm:prompt_tokens_total")).isEqualTo(4);
      assertThat(own.metric("vllm:prompt_tokens_by_source_total", "local_compute")).isEqualTo(4);
      assertThat(own.metric("vllm:generation_tokens_total")).isEqualTo(6);
      assertThat(own.metric("vllm:request_success_total", "length")).isEqualTo(1);
      assertThat(own.metric("vllm:time_to_first_token_seconds_count")).isEqualTo(1);
      assertThat(own.metric("vllm:inter_token_latency_seconds_count")).isEqualTo(5);
      SimulatorClient.eventually("an idle engine", () -> own.metric("vllm:num_requests_running") == 0);
      assertThat(own.metric("vllm:kv_cache_usage_perc")).isZero();
      assertThat(own.metric("vllm:cache_config_info", "block_size=\"16\"")).isEqualTo(1);
    }
  }

  @Test
  void aClientThatLeavesAbortsItsRequest() throws IOException {
    double before = client.metric("vllm:request_success_total", "abort");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      send(socket, "{\"prompt\":[1,2,3],\"max_tokens\":4000,\"stream\":true}");
      readUntil(socket, "data: ");
    }

    SimulatorClient.eventually("an abort",
        () -> client.metric("vllm:request_success_total", "abort") == before + 1);
    SimulatorClient.eventually("an idle engine", () -> client.metric("vllm:num_requests_running") == 0);
    assertThat(client.metric("vllm:kv_cache_usage_perc")).isZero();
  }

  @Test
  void aConnectionServesSeveralRequestsAndIsClosedWhenIdle() throws IOException {
    try (SimulatorServer brief = SimulatorClient.start(Map.of("VLLM_HTTP_TIMEOUT_KEEP_ALIVE", "1"));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), brief.port())) {
      socket.setSoTimeout(20_000);
      for (int i = 0; i < 3; i++) {
        send(socket, "{\"prompt\":[1],\"max_tokens\":2,\"stream\":true}");
        readUntil(socket, "0\r\n\r\n");
      }

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void manyStreamsAtOnceEachGetAllTheirTokens() throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(40)) {
      List<Future<List<String>>> streams = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int tokens = 10 + i;
        streams.add(executor.submit(
            () -> client.events(COMPLETIONS, "{\"prompt\":[1],\"max_tokens\":" + tokens + ",\"stream\":true}")));
      }
      for (int i = 0; i < 40; i++) {
        assertThat(streams.get(i).get()).hasSize(10 + i + 1);
      }
    }
  }

  @Test
  void anApiKeyIsAskedForWhenSet() {
    try (SimulatorServer guarded = SimulatorClient.start("--api-key", "secret")) {
      SimulatorClient own = new SimulatorClient(guarded);
      String body = "{\"prompt\":[1],\"max_tokens\":1}";

      assertThat(own.post(COMPLETIONS, body).statusCode()).isEqualTo(401);
      assertThat(own.post(COMPLETIONS, body, "Authorization", "Bearer secret").statusCode()).isEqualTo(200);
      assertThat(own.get("/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aTakenPortIsSaidInOneSentence() {
    assertThatThrownBy(() -> SimulatorServer
        .start(SimulatorOptions.parse(List.of("--port", String.valueOf(server.port())), Map.of())))
        .isInstanceOf(SimulatorException.class).hasMessageContaining("cannot listen on 127.0.0.1:" + server.port())
        .hasMessageContaining("--port");
  }

  private static void send(Socket socket, String body) throws IOException {
    String request = "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n"
        + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }

  private static void readUntil(Socket socket, String end) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int next = in.read();
      assertThat(next).isNotEqualTo(-1);
      read.append((char) next);
    }
  }
}
