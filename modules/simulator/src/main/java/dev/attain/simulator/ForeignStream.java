package dev.attain.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attain.simulator.GenerationRequest.StreamOptions;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Server-sent events as engines other than vLLM write them. Where they differ: which nulls are spelled out, whether the
 * finish reason has an event of its own, where usage stands, and how a stream begins and ends.
 */
final class ForeignStream implements Answer {

  private static final int EVENT_BYTES = 1024;

  private final HttpConnection connection;
  private final AnswerHeading heading;
  private final EngineStyle style;
  private final StreamOptions options;
  private final boolean chat;
  private int tokens;

  ForeignStream(HttpConnection connection, AnswerHeading heading, GenerationRequest request) {
    this.connection = connection;
    this.heading = heading;
    this.style = heading.features().style();
    this.options = request.streamOptions();
    this.chat = heading.dialect() == Dialect.CHAT;
  }

  /** What is sent before anything was computed: transformers says at once who speaks. */
  void begin() {
    if (chat && style == EngineStyle.TRANSFORMERS) {
      ByteBuf out = buffer();
      EventTemplate.append(out, chunk(Optional.of("assistant"), "", Optional.empty()).toString());
      connection.writeStream(out);
    }
  }

  @Override
  public void token(LiveRequest request, boolean last) {
    tokens++;
    ByteBuf out = buffer();
    if (tokens == 1 && chat && (style == EngineStyle.SGLANG || style == EngineStyle.TENSORRT_LLM)) {
      // TensorRT-LLM ends this one with a blank.
      String end = style == EngineStyle.TENSORRT_LLM ? " " : "";
      EventTemplate.append(out, chunk(Optional.of("assistant"), "", Optional.empty()) + end);
    }
    boolean farewell = last && endsApart();
    Optional<FinishReason> finish = last ? Optional.of(request.order().ending()) : Optional.empty();
    ObjectNode token = chunk(speaker(), TokenText.text(heading.tokenId(tokens)), farewell ? Optional.empty() : finish);
    if (style == EngineStyle.SGLANG && continuous()) {
      Usage.put(token, Usage.of(request, tokens).json());
    }
    EventTemplate.append(out, token.toString());
    if (!last) {
      connection.writeStream(out);
      return;
    }
    if (farewell) {
      EventTemplate.append(out, farewell(request, finish).toString());
    }
    if (style != EngineStyle.TRANSFORMERS && options.includeUsage()) {
      ObjectNode usage = opening();
      usage.putArray("choices");
      Usage told = Usage.of(request, tokens);
      Usage.put(usage, heading.features().tellsCachedTokens()
          ? told.jsonWithCached(request.cachedTokens())
          : told.json());
      EventTemplate.append(out, usage.toString());
    }
    end(out);
  }

  @Override
  public void failed() {
    ByteBuf out = buffer();
    EventTemplate.append(out,
        style == EngineStyle.TRANSFORMERS ? "{\"error\":\"Internal server error\"}" : ApiException.internal().body());
    end(out);
  }

  /** Whether the finish reason comes in an event after that of the last token. */
  private boolean endsApart() {
    return switch (style) {
      case SGLANG -> chat;
      case LMDEPLOY, TRANSFORMERS -> true;
      case TENSORRT_LLM, VLLM -> false;
    };
  }

  private boolean continuous() {
    return options.continuousUsage();
  }

  /** LMDeploy repeats in every event who speaks. */
  private Optional<String> speaker() {
    return style == EngineStyle.LMDEPLOY ? Optional.of("assistant") : Optional.empty();
  }

  private ObjectNode farewell(LiveRequest request, Optional<FinishReason> finish) {
    ObjectNode farewell = chunk(speaker(), "", finish);
    if (style == EngineStyle.TRANSFORMERS) {
      Usage.put(farewell, Usage.of(request, tokens).json());
    }
    return farewell;
  }

  private ObjectNode opening() {
    return Json.MAPPER.createObjectNode().put("id", heading.id()).put("object", heading.dialect().chunkKind())
        .put("created", heading.createdSeconds()).put("model", heading.model());
  }

  private ObjectNode chunk(Optional<String> role, String text, Optional<FinishReason> finish) {
    ObjectNode root = opening();
    ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
    if (chat) {
      fillDelta(choice.putObject("delta"), role, text, finish);
    } else {
      choice.put("text", text);
    }
    choice.put("finish_reason", finish.map(FinishReason::wireName).orElse(null));
    if (style != EngineStyle.TRANSFORMERS) {
      choice.putNull("logprobs");
    }
    boolean saysNoUsage = style == EngineStyle.LMDEPLOY ? options.includeUsage() : style != EngineStyle.TRANSFORMERS;
    if (saysNoUsage) {
      root.putNull("usage");
    }
    switch (style) {
      case SGLANG -> choice.putNull("matched_stop");
      case TENSORRT_LLM -> choice.putNull("stop_reason").putNull("disaggregated_params");
      case LMDEPLOY, TRANSFORMERS, VLLM -> {}
    }
    return root;
  }

  private void fillDelta(ObjectNode delta, Optional<String> role, String text, Optional<FinishReason> finish) {
    if (style == EngineStyle.TRANSFORMERS) {
      role.ifPresent(who -> delta.put("role", who));
      if (role.isEmpty() && finish.isEmpty()) {
        delta.put("content", text);
      }
      return;
    }
    delta.put("role", role.orElse(null));
    boolean silent = style == EngineStyle.SGLANG && finish.isPresent();
    delta.put("content", silent ? null : text);
    delta.putNull("reasoning_content");
    if (style == EngineStyle.TENSORRT_LLM) {
      delta.putArray("tool_calls");
    } else {
      delta.putNull("tool_calls");
    }
  }

  private ByteBuf buffer() {
    return connection.allocator().directBuffer(EVENT_BYTES);
  }

  private void end(ByteBuf out) {
    if (style.marksTheEnd()) {
      EventTemplate.append(out, StreamedAnswer.DONE);
    }
    out.writeCharSequence(StreamedAnswer.LAST_CHUNK, StandardCharsets.US_ASCII);
    connection.endStream(out);
  }
}
