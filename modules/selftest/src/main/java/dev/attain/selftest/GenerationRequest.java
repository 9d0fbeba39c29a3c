package dev.attain.selftest;

/**
 * What a body asks for, as far as it changes the answer.
 *
 * @param tokens number of output tokens, which is always kept: {@code ignore_eos} changes nothing here
 * @param stream event by event rather than in one piece
 * @param usage whether a stream ends with an event of token counts
 */
record GenerationRequest(int tokens, boolean stream, boolean usage) {
  static final int DEFAULT_TOKENS = 16;
  static final int MOST_TOKENS = 1_000_000;
}
