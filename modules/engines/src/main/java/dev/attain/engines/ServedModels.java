package dev.attain.engines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The models that an OpenAI endpoint says it serves. */
public final class ServedModels {
  private static final JsonMapper JSON = new JsonMapper();

  private ServedModels() {}

  /**
   * Model ids in the order of {@code GET /v1/models}, at least one.
   *
   * @param base the endpoint without {@code /v1}: {@code http://10.0.0.5:8000}
   * @param bearerToken sent as authorization and named in no message
   * @param limit for the whole answer
   * @throws IOException when nothing answers, or not with a list of models; the message is a sentence for the user
   */
  public static List<String> of(URI base, Optional<String> bearerToken, Duration limit)
      throws IOException, InterruptedException {
    try (Http http = new Http()) {
      List<String> ids = of(http, base, bearerToken, limit);
      if (ids.isEmpty()) {
        throw new IOException("the list of models is empty");
      }
      return ids;
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          "cannot learn which models %s serves: GET %s gives: %s; check the address, and that the server is up"
              .formatted(base, modelsUri(base), e.getMessage()),
          e);
    }
  }

  /** May be empty; messages of errors are phrases. */
  static List<String> of(Http http, URI base, Optional<String> bearerToken, Duration limit)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = http.get(modelsUri(base), bearerToken, limit);
    if (answer.statusCode() == 401 || answer.statusCode() == 403) {
      throw new IOException("HTTP %d, which asks for %s API key".formatted(answer.statusCode(),
          bearerToken.isPresent() ? "another" : "an"));
    }
    if (answer.statusCode() != 200) {
      throw new IOException("HTTP " + answer.statusCode());
    }
    return ids(answer.body());
  }

  private static List<String> ids(String body) throws IOException {
    JsonNode data;
    try {
      data = JSON.readTree(body).path("data");
    } catch (JsonProcessingException e) {
      throw new IOException("an answer that is not JSON", e);
    }
    if (!data.isArray()) {
      throw new IOException("an answer without a list of models");
    }
    List<String> ids = new ArrayList<>();
    data.forEach(model -> ids.add(model.path("id").asText()));
    return List.copyOf(ids);
  }

  static URI modelsUri(URI base) {
    return URI.create(base.toString().replaceFirst("/+$", "") + "/v1/models");
  }
}
