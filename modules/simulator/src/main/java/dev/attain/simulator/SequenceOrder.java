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
 *          when it reaches the scheduler, on the clock that drives the engine; where a front end comes before, what that
 *          makes of it is the sequence's
 * @param blockNames
 *          by which its KV is shared with sequences that begin alike; {@link BlockNames#NONE} when it is not
 */
record SequenceOrder(int promptTokens, int outputTokens, FinishReason ending, KvSource kvSource, boolean holdsKv,
    long arrivalNanos, BlockNames blockNames) {

  /** Where the KV of a prompt comes from. */
  enum KvSource {
    /** This engine computes it. */
    COMPUTED,
    /** It is read from the prefill instance that computed it. */
    PULLED
  }

  /** Of a sequence that shares nothing. */
  SequenceOrder(int promptTokens, int outputTokens, FinishReason ending, KvSource kvSource, boolean holdsKv,
      long arrivalNanos) {
    this(promptTokens, outputTokens, ending, kvSource, holdsKv, arrivalNanos, BlockNames.NONE);
  }

  SequenceOrder {
    if (promptTokens < 1 || outputTokens < 1) {
      throw new IllegalArgumentException(
          "a sequence needs at least one prompt and one output token, not " + promptTokens + " and " + outputTokens);
    }
  }

  /** The same work with an answer of another length. */
  SequenceOrder withOutputTokens(int tokens) {
    return new SequenceOrder(promptTokens, tokens, ending, kvSource, holdsKv, arrivalNanos, blockNames);
  }
}
