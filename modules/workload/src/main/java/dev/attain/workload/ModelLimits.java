package dev.attain.workload;

/**
 * What a model can take.
 *
 * @param contextTokens most tokens of prompt and output together, at least 2
 * @param vocabularySize number of token ids, at least 64
 */
public record ModelLimits(int contextTokens, int vocabularySize) {
  public ModelLimits {
    if (contextTokens < 2) {
      throw new IllegalArgumentException("a model's context must hold at least 2 tokens, but holds " + contextTokens);
    }
    if (vocabularySize < 64) {
      throw new IllegalArgumentException(
          "a model's vocabulary must have at least 64 tokens, but has " + vocabularySize);
    }
  }
}
