package dev.attain.simulator;

import java.util.Optional;

/**
 * The JSON of the events of one stream, field for field as vLLM writes it.
 *
 * <p>
 * A plain token in the middle of a stream does not pass here: see {@link EventTemplate}.
 */
final class StreamText {

  private final AnswerHeading heading;
  private final GenerationRequest request;
  private final String opening;

  StreamText(AnswerHeading heading, GenerationRequest request) {
    this.heading = heading;
    this.request = request;
    this.opening = "{\"id\":" + Json.quoted(heading.id()) + ",\"object\":\"" + heading.dialect().chunkKind()
        + "\",\"created\":" + heading.createdSeconds() + ",\"model\":" + Json.quoted(heading.model())
        + ",\"choices\":[";
  }

  /** Whether every token's event differs from the last one's in its text alone. */
  boolean isUniform() {
    return !request.returnTokenIds() && !request.streamOptions().continuousUsage();
  }

  /** Everything before and after the text of a token in the middle of a uniform stream. */
  EventTemplate template() {
    return switch (heading.dialect()) {
      case COMPLETION -> new EventTemplate(opening + "{\"index\":0,\"text\":\"",
          "\",\"logprobs\":null,\"finish_reason\":null,\"stop_reason\":null,"
              + "\"prompt_token_ids\":null,\"token_ids\":null}]}");
      case CHAT -> new EventTemplate(opening + "{\"index\":0,\"delta\":{\"content\":\"",
          "\"},\"logprobs\":null,\"finish_reason\":null,\"token_ids\":null}]}");
    };
  }

  /** A chat's first event: who speaks. */
  String role(LiveRequest live, int[] promptIds) {
    String ids = request.returnTokenIds() ? ",\"prompt_token_ids\":" + array(promptIds) : ",\"prompt_token_ids\":null";
    return opening + "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,"
        + "\"finish_reason\":null}]" + ids + continuousUsage(live, 0) + "}";
  }

  /** One token's event; the prompt's ids go with the first one. */
  String token(LiveRequest live, int ordinal, Optional<FinishReason> finish, int[] promptIds) {
    int id = heading.tokenId(ordinal);
    String reason = finish.map(each -> "\"" + each.wireName() + "\"").orElse("null");
    String ids = request.returnTokenIds() ? "[" + id + "]" : "null";
    String text = TokenText.text(id);
    return switch (heading.dialect()) {
      case COMPLETION ->
        opening + "{\"index\":0,\"text\":\"" + text + "\",\"logprobs\":null,\"finish_reason\":" + reason
            + ",\"stop_reason\":null,\"prompt_token_ids\":"
            + (request.returnTokenIds() && ordinal == 1 ? array(promptIds) : "null") + ",\"token_ids\":" + ids + "}]"
            + continuousUsage(live, ordinal) + "}";
      case CHAT ->
        opening + "{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"logprobs\":null,\"finish_reason\":"
            + reason + (finish.isPresent() ? ",\"stop_reason\":null" : "") + ",\"token_ids\":" + ids + "}]"
            + continuousUsage(live, ordinal) + "}";
    };
  }

  /** The last event before the end mark, if usage was asked for. */
  Optional<String> usage(int outputTokens, LiveRequest live) {
    if (!request.streamOptions().includeUsage()) {
      return Optional.empty();
    }
    ServedFeatures features = heading.features();
    Usage usage = Usage.of(live, outputTokens);
    String told = features.tellsCachedTokens() ? usage.jsonWithCached(live.cachedTokens()) : usage.json();
    String times = features.tellsTimes() ? ",\"metrics\":" + Json.object(live.times()::writeTo) : "";
    return Optional.of(opening + "],\"usage\":" + told + times + "}");
  }

  private String continuousUsage(LiveRequest live, int outputTokens) {
    return request.streamOptions().continuousUsage() ? ",\"usage\":" + Usage.of(live, outputTokens).json() : "";
  }

  private static String array(int[] ids) {
    StringBuilder text = new StringBuilder(ids.length * 7 + 2).append('[');
    for (int i = 0; i < ids.length; i++) {
      text.append(i == 0 ? "" : ",").append(ids[i]);
    }
    return text.append(']').toString();
  }
}
