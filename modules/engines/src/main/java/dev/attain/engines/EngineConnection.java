package dev.attain.engines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Talks to one instance beside the load, over a connection that is kept. For one thread at a time; calls block for up to
 * their limit.
 */
public final class EngineConnection implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SHOWN = 200;

  private final Http http = new Http();
  private final String base;
  private final Optional<String> bearerToken;
  private Optional<MetricNames> names;

  /** For an engine whose kind its metrics page will tell. */
  public EngineConnection(URI base, Optional<String> bearerToken) {
    this(base, bearerToken, Optional.empty());
  }

  /**
   * @param base with or without {@code /v1}; nothing is connected yet
   * @param names how its metrics page is written, where that is known
   */
  public EngineConnection(URI base, Optional<String> bearerToken, Optional<MetricNames> names) {
    this.names = names;
    this.base = base.toString().replaceFirst("/+$", "").replaceFirst("/v1$", "");
    this.bearerToken = bearerToken;
  }

  /**
   * Reads {@code GET /metrics}.
   *
   * @throws IOException when there is no such page within {@code limit}; the message is a sentence for the user
   */
  public ServerMetrics metrics(Duration limit) throws IOException, InterruptedException {
    return ServerMetrics.parse(metricsPage(limit));
  }

  /**
   * Reads what the instance says of its work.
   *
   * @throws IOException when there is no such page within {@code limit} or nothing in it is known; the message is a
   * sentence for the user
   */
  public EnginePage page(Duration limit) throws IOException, InterruptedException {
    String text = metricsPage(limit);
    names = names.or(() -> MetricNames.recognised(text));
    return names.flatMap(known -> known.read(text)).orElseThrow(() -> new IOException(
        "GET %s/metrics has no metrics of an engine that attain knows".formatted(base)));
  }

  private String metricsPage(Duration limit) throws IOException, InterruptedException {
    URI page = URI.create(base + "/metrics");
    try {
      return complete(http.get(page, bearerToken, limit));
    } catch (IOException e) {
      throw new IOException("cannot read the engine's metrics: GET %s gives: %s".formatted(page, e.getMessage()), e);
    }
  }

  /**
   * Has the engine take one step: a request of one prompt token for one output token, without any transfer. Too short to
   * fill a cache block, it leaves nothing behind in a prefix cache.
   *
   * @param token a token id of the model
   * @throws IOException when it is not answered in order within {@code limit}; the message is a sentence for the user
   */
  public void takeOneStep(String model, int token, Duration limit) throws IOException, InterruptedException {
    URI uri = URI.create(base + "/v1/completions");
    try {
      complete(http.postJson(uri, oneStep(model, token), bearerToken, limit));
    } catch (IOException e) {
      throw new IOException("cannot make the engine bring its counters up to date: POST %s gives: %s".formatted(uri,
          e.getMessage()), e);
    }
  }

  private static String oneStep(String model, int token) throws JsonProcessingException {
    ObjectNode body = JSON.createObjectNode().put("model", model);
    body.putArray("prompt").add(token);
    return JSON.writeValueAsString(body.put("max_tokens", 1).put("temperature", 0).put("stream", false));
  }

  private static String complete(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() != 200) {
      String body = answer.body().strip();
      throw new IOException("HTTP " + answer.statusCode()
          + (body.isEmpty() ? "" : " " + body.substring(0, Math.min(SHOWN, body.length()))));
    }
    return answer.body();
  }

  @Override
  public void close() {
    http.close();
  }
}
