package dev.attain.simulator;

/**
 * What all parts of one answer repeat.
 *
 * @param seed
 *          of the generated tokens
 * @param usageError
 *          how many tokens too many its usage claims
 */
record AnswerHeading(Dialect dialect, String id, long createdSeconds, String model, long seed,
    int usageError, ServedFeatures features) {

  int tokenId(int ordinal) {
    return TokenText.generated(seed, ordinal);
  }
}
