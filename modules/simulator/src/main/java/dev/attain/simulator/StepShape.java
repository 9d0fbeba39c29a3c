package dev.attain.simulator;

/** What one step computes, summed over its sequences as they are scheduled. Reused from step to step. */
final class StepShape {

  private int newTokens;
  private int prefillTokens;
  private int sampledRows;
  private double attentionPairs;
  private long contextTokens;

  void clear() {
    newTokens = 0;
    prefillTokens = 0;
    sampledRows = 0;
    attentionPairs = 0;
    contextTokens = 0;
  }

  /** A chunk of a prompt: its new tokens look back at the cached ones and, causally, at half of themselves. */
  void addPrefill(int tokens, int cachedTokens, boolean samples) {
    newTokens += tokens;
    prefillTokens += tokens;
    attentionPairs += tokens * (cachedTokens + tokens / 2.0);
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

  /** Keys and values that decode attention reads, in tokens. */
  long contextTokens() {
    return contextTokens;
  }
}
