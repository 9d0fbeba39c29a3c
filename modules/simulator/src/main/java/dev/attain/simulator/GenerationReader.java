package dev.attain.simulator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.simulator.GenerationRequest.StreamOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads one request body in one pass; a prompt of many thousand ids becomes one array and nothing else. */
final class GenerationReader {

  private final Dialect dialect;
  private final EngineStyle style;
  private Optional<String> model = Optional.empty();
  private Optional<String> id = Optional.empty();
  private Optional<Prompt> prompt = Optional.empty();
  private OptionalInt maxTokens = OptionalInt.empty();
  private OptionalInt maxCompletionTokens = OptionalInt.empty();
  private int minTokens;
  private int choices = 1;
  private boolean ignoreEos;
  private boolean stream;
  private boolean returnTokenIds;
  private String cacheSalt = "";
  private Optional<StreamOptions> streamOptions = Optional.empty();
  private KvTransferParameters kvTransfer = KvTransferParameters.NONE;

  private GenerationReader(Dialect dialect, EngineStyle style) {
    this.dialect = dialect;
    this.style = style;
  }

  /**
   * Reads a body.
   *
   * @throws ApiException
   *           when it is not JSON, or a field does not have the expected shape
   */
  static GenerationRequest read(InputStream body, Dialect dialect, EngineStyle style) throws ApiException {
    GenerationReader reader = new GenerationReader(dialect, style);
    try (JsonParser json = Json.MAPPER.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw ApiException.badBody("the body must be a JSON object");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String field = json.currentName();
        json.nextToken();
        reader.readField(field, json);
      }
      return reader.request();
    } catch (JsonProcessingException e) {
      throw ApiException.badBody("JSON decode error: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw ApiException.badBody("the body could not be read: " + e.getMessage());
    }
  }

  private void readField(String field, JsonParser json) throws IOException, ApiException {
    if (!style.takes(field)) {
      throw ApiException.unknownField(field);
    }
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    switch (field) {
      case "model" -> model = Optional.of(text(field, json));
      case "request_id" -> id = Optional.of(text(field, json));
      case "prompt" -> readPrompt(json);
      case "messages" -> readMessages(json);
      case "max_tokens" -> maxTokens = OptionalInt.of(integer(field, json));
      case "max_completion_tokens" -> maxCompletionTokens = OptionalInt.of(integer(field, json));
      case "min_tokens" -> minTokens = integer(field, json);
      case "n" -> choices = integer(field, json);
      case "ignore_eos" -> ignoreEos = truth(field, json);
      case "stream" -> stream = truth(field, json);
      case "return_token_ids" -> returnTokenIds = truth(field, json);
      case "cache_salt" -> cacheSalt = text(field, json);
      case "stream_options" -> streamOptions = Optional.of(streamOptions(json, style));
      case "kv_transfer_params" -> kvTransfer = KvTransferParameters.of(json.readValueAsTree());
      default -> json.skipChildren();
    }
  }

  private GenerationRequest request() throws ApiException {
    String promptField = dialect == Dialect.CHAT ? "messages" : "prompt";
    Prompt given = prompt.filter(each -> each.tokens() > 0).orElseThrow(
        () -> ApiException.badRequest(promptField, promptField + " must be provided and non-empty."));
    if (streamOptions.isPresent() && !stream) {
      throw ApiException.badRequest("stream_options", "Stream options can only be defined when `stream=True`.");
    }
    if (choices != 1) {
      throw ApiException.badRequest("n", "the simulator gives one choice for a request, not n=" + choices + ".");
    }
    OptionalInt limit = maxCompletionTokens.isPresent() && dialect == Dialect.CHAT ? maxCompletionTokens : maxTokens;
    return new GenerationRequest(dialect, model, id, given, limit, minTokens, ignoreEos, stream,
        streamOptions.orElse(StreamOptions.NONE), returnTokenIds, cacheSalt, kvTransfer);
  }

  private void readPrompt(JsonParser json) throws IOException, ApiException {
    if (dialect == Dialect.CHAT) {
      json.skipChildren();
      return;
    }
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      prompt = Optional.of(new Prompt.Text(json.getText()));
      return;
    }
    if (!style.takesTokenIds()) {
      throw ApiException.badRequest("prompt", "prompt must be a string.");
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw promptShape();
    }
    int[] ids = new int[64];
    int size = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
        throw promptShape();
      }
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, size * 2);
      }
      ids[size++] = json.getIntValue();
    }
    prompt = Optional.of(new Prompt.Ids(Arrays.copyOf(ids, size)));
  }

  private static ApiException promptShape() {
    return ApiException.badRequest("prompt",
        "the simulator takes one prompt for a request: a string or a list of token ids.");
  }

  /** Renders messages the way chat templates do: a header, the content, an end mark; then the header of the answer. */
  private void readMessages(JsonParser json) throws IOException, ApiException {
    JsonNode messages = json.readValueAsTree();
    if (!messages.isArray() || messages.isEmpty()) {
      throw ApiException.badRequest("messages", "messages must be a non-empty list.");
    }
    StringBuilder rendered = new StringBuilder();
    for (JsonNode message : messages) {
      if (!message.hasNonNull("role")) {
        throw ApiException.badRequest("messages", "every message needs a role.");
      }
      rendered.append("<|").append(message.get("role").asText()).append("|>\n");
      appendContent(message.path("content"), rendered);
      rendered.append("<|end|>\n");
    }
    rendered.append("<|assistant|>\n");
    prompt = Optional.of(new Prompt.Text(rendered.toString()));
  }

  private static void appendContent(JsonNode content, StringBuilder rendered) {
    if (content.isTextual()) {
      rendered.append(content.asText());
    }
    content.forEach(part -> rendered.append(part.path("text").asText()));
  }

  private static StreamOptions streamOptions(JsonParser json, EngineStyle style) throws IOException {
    JsonNode options = json.readValueAsTree();
    boolean includeUsage = options.path("include_usage").asBoolean();
    // SGLang gives it without the other, too.
    boolean mayContinue = includeUsage || style == EngineStyle.SGLANG;
    return new StreamOptions(includeUsage, mayContinue && options.path("continuous_usage_stats").asBoolean());
  }

  private static String text(String field, JsonParser json) throws IOException, ApiException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw ApiException.badBody(field + ": Input should be a valid string");
    }
    return json.getText();
  }

  private static int integer(String field, JsonParser json) throws IOException, ApiException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw ApiException.badBody(field + ": Input should be a valid integer");
    }
    return json.getIntValue();
  }

  private static boolean truth(String field, JsonParser json) throws IOException, ApiException {
    if (!json.currentToken().isBoolean()) {
      throw ApiException.badBody(field + ": Input should be a valid boolean");
    }
    return json.getBooleanValue();
  }
}
