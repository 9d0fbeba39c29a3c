package dev.attain.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One JSON document, written when the last token is due. */
final class WholeAnswer implements Answer {

  private final HttpConnection connection;
  private final AnswerHeading heading;
  private final GenerationRequest request;
  private final int[] promptIds;
  private final TransferAdvertiser advertiser;

  /** Adds to an answer where its KV can be read. */
  @FunctionalInterface
  interface TransferAdvertiser {
    void advertise(ObjectNode answer, LiveRequest request);
  }

  WholeAnswer(HttpConnection connection, AnswerHeading heading, GenerationRequest request, int[] promptIds,
      TransferAdvertiser advertiser) {
    this.connection = connection;
    this.heading = heading;
    this.request = request;
    this.promptIds = promptIds;
    this.advertiser = advertiser;
  }

  @Override
  public void token(LiveRequest live, boolean last) {
    connection.respondJson(200, Json.object(root -> fill(root, live)));
  }

  @Override
  public void failed() {
    ApiException error = ApiException.internal();
    connection.respondJson(error.status(), error.body());
  }

  private void fill(ObjectNode root, LiveRequest live) {
    root.put("id", heading.id());
    root.put("object", heading.dialect().answerKind());
    root.put("created", heading.createdSeconds());
    root.put("model", heading.model());
    fillChoice(root.putArray("choices").addObject(), live.order());
    root.putNull("service_tier");
    root.putNull("system_fingerprint");
    Usage usage = Usage.of(live, live.order().outputTokens());
    Usage.put(root, heading.features().tellsCachedTokens()
        ? usage.jsonWithCached(live.cachedTokens())
        : usage.jsonWithoutCached());
    if (heading.features().tellsTimes()) {
      live.times().writeTo(root.putObject("metrics"));
    }
    if (heading.dialect() == Dialect.CHAT) {
      putIds(root, "prompt_token_ids", promptIds);
    }
    advertiser.advertise(root, live);
  }

  private void fillChoice(ObjectNode choice, SequenceOrder order) {
    int[] ids = new int[order.outputTokens()];
    StringBuilder text = new StringBuilder(ids.length * TokenText.CHARACTERS);
    for (int ordinal = 1; ordinal <= ids.length; ordinal++) {
      ids[ordinal - 1] = heading.tokenId(ordinal);
      text.append(TokenText.text(ids[ordinal - 1]));
    }
    choice.put("index", 0);
    if (heading.dialect() == Dialect.CHAT) {
      choice.putObject("message").put("role", "assistant").put("content", text.toString());
    } else {
      choice.put("text", text.toString());
      putIds(choice, "prompt_token_ids", promptIds);
    }
    choice.putNull("logprobs");
    choice.put("finish_reason", order.ending().wireName());
    choice.putNull("stop_reason");
    putIds(choice, "token_ids", ids);
  }

  private void putIds(ObjectNode node, String field, int[] ids) {
    if (!request.returnTokenIds()) {
      node.putNull(field);
      return;
    }
    var array = node.putArray(field);
    for (int id : ids) {
      array.add(id);
    }
  }
}
