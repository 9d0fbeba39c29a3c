package dev.attain.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.attain.workload.Prompt;
import dev.attain.workload.Workload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The body of a request, encoded ahead of its sending. What both legs of a disaggregated request have in common (above
 * all the prompt, byte for byte) is encoded once.
 */
final class RequestBody {
  private static final JsonFactory JSON = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);

  /** The null keys are part of vLLM's handshake; only the first one decides anything there. */
  private static final byte[] PREFILL = ascii(",\"max_tokens\":1,\"stream\":false,\"kv_transfer_params\":{"
      + "\"do_remote_decode\":true,\"do_remote_prefill\":false,\"remote_engine_id\":null,\"remote_block_ids\":null,"
      + "\"remote_host\":null,\"remote_port\":null}}");
  private static final byte[] KV_TRANSFER_PARAMS = ascii(",\"kv_transfer_params\":");
  private static final byte[] END = {'}'};
  private static final byte[] NOTHING = {};
  private static final byte[] CONTENT_LENGTH = ascii("\r\nContent-Length: ");
  private static final byte[] HEAD_END = ascii("\r\n\r\n");
  private static final int BYTES_PER_TOKEN = 7;
  private static final int OTHER_BYTES = 256;

  private final byte[] requestId;
  private final byte[] common;
  /** What only the streamed answer needs. */
  private final byte[] stream;
  private final PlannedLength length;

  private RequestBody(byte[] requestId, byte[] common, byte[] stream, PlannedLength length) {
    this.requestId = requestId;
    this.common = common;
    this.stream = stream;
    this.length = length;
  }

  /** Greedy sampling, and a length that is forced where the server can be told to. */
  static RequestBody of(PlannedRequest request, Workload workload, String nonce, ClientSettings settings) {
    int outputTokens = request.shape().outputTokens();
    return new RequestBody(ascii(id(nonce, request.index())), common(settings, workload.prompt(request.index(), nonce)),
        stream(settings, outputTokens), new PlannedLength(outputTokens, settings.forcesLength()));
  }

  /** Of a request; unique while nonces are. Engines show it in their logs and in the ids of their answers. */
  static String id(String nonce, int index) {
    return nonce.replaceAll("[^A-Za-z0-9._-]", "-") + "-" + index;
  }

  private static byte[] stream(ClientSettings settings, int outputTokens) {
    boolean least = settings.bodyFields().contains(BodyField.MIN_TOKENS);
    boolean usage = settings.bodyFields().contains(BodyField.STREAM_OPTIONS);
    boolean continuous = settings.bodyFields().contains(BodyField.CONTINUOUS_USAGE);
    String options = ",\"stream_options\":{\"include_usage\":true"
        + (continuous ? ",\"continuous_usage_stats\":true}" : "}");
    return ascii(",\"max_tokens\":" + outputTokens + (least ? ",\"min_tokens\":" + outputTokens : "")
        + ",\"stream\":true" + (usage ? options : ""));
  }

  private static byte[] common(ClientSettings settings, Prompt prompt) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(OTHER_BYTES + switch (prompt) {
      case Prompt.TokenIds tokens -> BYTES_PER_TOKEN * tokens.ids().length;
      case Prompt.Text text -> text.text().length();
    });
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("model", settings.model());
      switch (settings.dialect()) {
        case COMPLETIONS -> completionPrompt(json, prompt);
        case CHAT -> messages(json, prompt);
      }
      json.writeNumberField("temperature", 0);
      if (settings.bodyFields().contains(BodyField.IGNORE_EOS)) {
        json.writeBooleanField("ignore_eos", true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void completionPrompt(JsonGenerator json, Prompt prompt) throws IOException {
    json.writeFieldName("prompt");
    switch (prompt) {
      case Prompt.TokenIds tokens -> json.writeArray(tokens.ids(), 0, tokens.ids().length);
      case Prompt.Text text -> json.writeString(text.text());
    }
  }

  private static void messages(JsonGenerator json, Prompt prompt) throws IOException {
    if (!(prompt instanceof Prompt.Text text)) {
      throw new IllegalArgumentException("chat takes prompts as text, not as token ids");
    }
    json.writeArrayFieldStart("messages");
    json.writeStartObject();
    json.writeStringField("role", "user");
    json.writeStringField("content", text.text());
    json.writeEndObject();
    json.writeEndArray();
  }

  /** Of the streamed answer. */
  PlannedLength length() {
    return length;
  }

  /** Approximate memory of this body in bytes. */
  int size() {
    return common.length + OTHER_BYTES;
  }

  /**
   * The whole request of a single call.
   *
   * @param header one more header line without its end; empty for none
   */
  ByteBuf streaming(ByteBufAllocator allocator, Endpoint endpoint, String header) {
    return message(allocator, endpoint, header, common, stream, END);
  }

  /** The whole request of a prefill leg: one token, answered in one piece. */
  ByteBuf prefill(ByteBufAllocator allocator, Endpoint endpoint) {
    return message(allocator, endpoint, "", common, PREFILL);
  }

  /** The whole request of a decode leg, with what the prefill instance answered, byte for byte. */
  ByteBuf decode(ByteBufAllocator allocator, Endpoint endpoint, byte[] kvTransferParams) {
    return message(allocator, endpoint, "", common, stream, KV_TRANSFER_PARAMS, kvTransferParams, END);
  }

  private ByteBuf message(ByteBufAllocator allocator, Endpoint endpoint, String header, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] extra = header.isEmpty() ? NOTHING : ascii("\r\n" + header);
    byte[] contentLength = ascii(Integer.toString(length));
    int headLength = endpoint.head().length + requestId.length + extra.length + CONTENT_LENGTH.length
        + contentLength.length + HEAD_END.length;
    ByteBuf message = allocator.directBuffer(headLength + length);
    message.writeBytes(endpoint.head()).writeBytes(requestId).writeBytes(extra).writeBytes(CONTENT_LENGTH)
        .writeBytes(contentLength).writeBytes(HEAD_END);
    for (byte[] part : parts) {
      message.writeBytes(part);
    }
    return message;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
