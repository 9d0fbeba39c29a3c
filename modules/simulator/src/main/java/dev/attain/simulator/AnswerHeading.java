package dev.attain.simulator;

/**
 * What all parts of one answer repeat.
 *
 * @param seed
 *          of the generated tokens
 */
record AnswerHeading(Dialect dialect, String id, long createdSeconds, String model, long seed,
    ServedFeatures features) {

  int tokenId(int ordinal) {
    return TokenText.generated(seed, ordinal);
  }
}
