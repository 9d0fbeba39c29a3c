package dev.attain.simulator;

/**
 * What a sequence is to do.
 *
 * @param promptTokens
 *          at least 1
 * @param outputTokens
 *          at least 1; all of them are produced
 * @param ending
 *          why it will end after its last token: {@link FinishReason#LENGTH} or {@link FinishReason#STOP}
 * @param kvSource
 *          who computes the KV of the prompt
 * @param holdsKv
 *          whether its blocks stay for a decode instance to read after it ended by length
 * @param arrivalNanos
 *          on the clock that drives the engine
 */
record SequenceOrder(int promptTokens, int outputTokens, FinishReason ending, KvSource kvSource, boolean holdsKv,
    long arrivalNanos) {

  /** Where the KV of a prompt comes from. */
  enum KvSource {
    /** This engine computes it. */
    COMPUTED,
    /** It is read from the prefill instance that computed it. */
    PULLED
  }

  /** The same work with an answer of another length. */
  SequenceOrder withOutputTokens(int tokens) {
    return new SequenceOrder(promptTokens, tokens, ending, kvSource, holdsKv, arrivalNanos);
  }

  SequenceOrder {
    if (promptTokens < 1 || outputTokens < 1) {
      throw new IllegalArgumentException(
          "a sequence needs at least one prompt and one output token, not " + promptTokens + " and " + outputTokens);
    }
  }
}
