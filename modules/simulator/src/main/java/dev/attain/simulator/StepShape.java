package dev.attain.simulator;

/** What one step computes, summed over its sequences as they are scheduled. Reused from step to step. */
final class StepShape {

  /** Keys that a chunk looks back at, itself included, with which its attention has half of its greatest speed. */
  static final double HALF_SPEED_TOKENS = 1_800;

  private int newTokens;
  private int prefillTokens;
  private int sampledRows;
  private double attentionPairs;
  private double attentionWork;
  private long contextTokens;

  void clear() {
    newTokens = 0;
    prefillTokens = 0;
    sampledRows = 0;
    attentionPairs = 0;
    attentionWork = 0;
    contextTokens = 0;
  }

  /** A chunk of a prompt: its new tokens look back at the cached ones and, causally, at half of themselves. */
  void addPrefill(int tokens, int cachedTokens, boolean samples) {
    newTokens += tokens;
    prefillTokens += tokens;
    double pairs = tokens * (cachedTokens + tokens / 2.0);
    attentionPairs += pairs;
    attentionWork += pairs * (1 + HALF_SPEED_TOKENS / (cachedTokens + tokens));
    sampledRows += samples ? 1 : 0;
  }

  /** One sequence producing its next token after that many tokens of context. */
  void addDecode(int contextOfSequence) {
    newTokens++;
    sampledRows++;
    contextTokens += contextOfSequence;
  }

  boolean isEmpty() {
    return newTokens == 0;
  }

  /** Tokens that pass through the layers. */
  int newTokens() {
    return newTokens;
  }

  /** Those of them that belong to prompt chunks. */
  int prefillTokens() {
    return prefillTokens;
  }

  /** Rows of logits: decoding sequences and prompts that end in this step. */
  int sampledRows() {
    return sampledRows;
  }

  /** Query-key pairs of prefill attention. */
  double attentionPairs() {
    return attentionPairs;
  }

  /** The same, weighted with the time that a pair takes: in the limit of long prompts one, with short ones more. */
  double attentionWork() {
    return attentionWork;
  }

  /** Keys and values that decode attention reads, in tokens. */
  long contextTokens() {
    return contextTokens;
  }
}
