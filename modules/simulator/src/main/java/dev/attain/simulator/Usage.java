package dev.attain.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;

/**
 * The lengths that an answer claims, in tokens: the one place where {@link FaultKind#WRONG_USAGE} makes it lie, for every
 * dialect. The fault has struck once usage was put into words; an answer that never says any is not struck.
 */
record Usage(int promptTokens, int completionTokens) {

  /** What the answer to a request says after that many tokens. */
  static Usage of(LiveRequest live, int tokens) {
    RequestTruth truth = live.truth();
    int error = truth.fault(FaultKind.WRONG_USAGE).map(fault -> {
      truth.struck(fault.kind());
      return fault.by();
    }).orElse(0);
    return new Usage(live.order().promptTokens(), tokens + error);
  }

  /** JSON object without details. */
  String json() {
    return json("");
  }

  /** JSON object that says how many prompt tokens were not computed here. */
  String jsonWithCached(int cachedTokens) {
    return json(",\"prompt_tokens_details\":{\"cached_tokens\":" + cachedTokens + "}");
  }

  /** JSON object that spells out that nothing is said of cached tokens. */
  String jsonWithoutCached() {
    return json(",\"prompt_tokens_details\":null");
  }

  /** Puts an object of this record's into a document. */
  static void put(ObjectNode target, String usage) {
    target.putRawValue("usage", new RawValue(usage));
  }

  private String json(String details) {
    return "{\"prompt_tokens\":" + promptTokens + ",\"total_tokens\":" + (promptTokens + completionTokens)
        + ",\"completion_tokens\":" + completionTokens + details + "}";
  }
}
