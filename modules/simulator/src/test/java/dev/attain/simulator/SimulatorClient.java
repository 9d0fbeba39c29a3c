package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The JDK's HTTP client, which knows nothing of this project, against one simulator. */
final class SimulatorClient {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI server;

  SimulatorClient(SimulatorServer server) {
    this.server = server.uri();
  }

  /** Starts a simulator on any free port, with any free side channel. */
  static SimulatorServer start(String... flags) {
    return start(Map.of(), flags);
  }

  static SimulatorServer start(Map<String, String> environment, String... flags) {
    try {
      var all = new ArrayList<>(List.of("--port", "0"));
      all.addAll(List.of(flags));
      // The JDK's client keeps connections longer than vLLM does, and does not repeat a request that meets their end.
      var variables = new HashMap<>(Map.of("VLLM_NIXL_SIDE_CHANNEL_PORT", "0", "VLLM_NIXL_SIDE_CHANNEL_HOST",
          "127.0.0.1", "VLLM_HTTP_TIMEOUT_KEEP_ALIVE", "60"));
      variables.putAll(environment);
      return SimulatorServer.start(SimulatorOptions.parse(all, variables));
    } catch (SimulatorException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE)
        .POST(BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE));
  }

  JsonNode postForJson(String path, String body) {
    HttpResponse<String> response = post(path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response.body());
  }

  /** The events of a stream without their {@code data:}; the last one is the end mark. */
  List<String> events(String path, String body) {
    HttpResponse<String> response = post(path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
    assertThat(response.body()).endsWith("\n\n");
    return response.body().lines().filter(line -> !line.isEmpty()).map(line -> {
      assertThat(line).startsWith("data: ");
      return line.substring("data: ".length());
    }).toList();
  }

  /** Value of the first metric with that name whose labels contain the text. */
  double metric(String name, String label) {
    return get("/metrics").body().lines().filter(line -> line.startsWith(name + "{") && line.contains(label))
        .findFirst()
        .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .orElseThrow(() -> new AssertionError("no metric " + name + " with " + label));
  }

  double metric(String name) {
    return metric(name, "");
  }

  /** Looks again and again until it is so, for a limited time. */
  static void eventually(String what, BooleanSupplier holds) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      Thread.onSpinWait();
    }
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
