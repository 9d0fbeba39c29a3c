package dev.attain.workload;

/** Writes prompts of one form. */
@FunctionalInterface
interface PromptWriter {
  /**
   * Tokens at the beginning of a prompt that depend on the nonce. Sixteen is the smallest block of a prefix cache in
   * use, and a block is only found if all blocks before it are the same.
   */
  int HEAD_TOKENS = 16;

  /**
   * A prompt of {@code tokens} tokens.
   *
   * @param head stream of random bits for the first {@link #HEAD_TOKENS}
   * @param body stream of random bits for the rest
   */
  Prompt write(int tokens, long head, long body);

  static PromptWriter of(PromptForm form, ModelLimits limits) {
    return switch (form) {
      case TOKEN_IDS -> new TokenIdWriter(limits.vocabularySize());
      case TEXT -> new TextWriter();
    };
  }
}
