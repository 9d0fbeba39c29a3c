package dev.attain.workload;

/**
 * Prompts of random token ids from the middle of the vocabulary.
 *
 * <p>Special tokens (begin and end of text, padding, chat roles, image marks, reserved places) would make an engine
 * stop, refuse or mistreat a prompt. Which ids they have is written in a model's tokenizer, which is not needed here
 * otherwise; but vocabularies keep them at their two ends: the first thousand ids of Mistral's newer ones and fewer in
 * Llama 2, OPT and Gemma; the last 256 in Llama 3, 2,048 in Llama 4, some hundreds in Qwen, some 1,300 at most in
 * DeepSeek and gpt-oss. So the first 1,000 and the last 2,048 ids are left out; of a small vocabulary an eighth at each
 * end. Known to remain are two of Gemma 3 that enclose images, and mean nothing without one.
 */
final class TokenIdWriter implements PromptWriter {
  private static final int RESERVED_FIRST = 1000;
  private static final int RESERVED_LAST = 2048;

  private final int lowest;
  private final int count;

  TokenIdWriter(int vocabularySize) {
    lowest = Math.min(RESERVED_FIRST, vocabularySize / 8);
    count = vocabularySize - Math.min(RESERVED_LAST, vocabularySize / 8) - lowest;
  }

  @Override
  public Prompt write(int tokens, long head, long body) {
    int[] ids = new int[tokens];
    int headTokens = Math.min(tokens, HEAD_TOKENS);
    fill(ids, 0, headTokens, head);
    fill(ids, headTokens, tokens, body);
    return new Prompt.TokenIds(ids);
  }

  /** Two ids from each draw, one from each half of its bits. */
  private void fill(int[] ids, int from, int to, long stream) {
    for (int at = from; at < to; at += 2) {
      long bits = CounterRandom.bits(stream, at);
      ids[at] = id((int) (bits >>> Integer.SIZE));
      if (at + 1 < to) {
        ids[at + 1] = id((int) bits);
      }
    }
  }

  /** Scales 32 random bits to the range of ids. */
  private int id(int bits) {
    return lowest + (int) ((Integer.toUnsignedLong(bits) * count) >>> Integer.SIZE);
  }
}
