package dev.attain.simulator;

import java.nio.charset.StandardCharsets;

/**
 * A tokenizer without a vocabulary: four characters are one token, whatever they are.
 *
 * <p>
 * Generated tokens are a blank and three letters; their ids are the first 17,576 of the vocabulary and their texts read
 * back as the same ids. Any other four characters hash to an id above those.
 */
final class TokenText {

  /** Characters, and bytes, of a generated token. */
  static final int CHARACTERS = 4;

  /** Ids of tokens that have a text of their own. */
  static final int WORDS = 26 * 26 * 26;

  private static final byte[] TEXTS = texts();

  private TokenText() {}

  /** Tokens of a text, the last one possibly shorter than four characters. */
  static int count(String text) {
    int characters = text.codePointCount(0, text.length());
    return (characters + CHARACTERS - 1) / CHARACTERS;
  }

  /** Id of a generated token, evenly spread over the words. */
  static int generated(long seed, int ordinal) {
    long mixed = (seed + ordinal) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    return (int) Math.floorMod(mixed ^ (mixed >>> 27), (long) WORDS);
  }

  /** Copies the four bytes of a generated token. */
  static void copy(int id, byte[] target, int offset) {
    System.arraycopy(TEXTS, id * CHARACTERS, target, offset, CHARACTERS);
  }

  /** Text of a token; ids without a text of their own share those of the words. */
  static String text(int id) {
    return new String(TEXTS, Math.floorMod(id, WORDS) * CHARACTERS, CHARACTERS, StandardCharsets.US_ASCII);
  }

  /** Ids of a text's tokens, all below the size of the vocabulary. */
  static int[] ids(String text, int vocabulary) {
    int[] points = text.codePoints().toArray();
    int[] ids = new int[(points.length + CHARACTERS - 1) / CHARACTERS];
    for (int token = 0; token < ids.length; token++) {
      int from = token * CHARACTERS;
      ids[token] = id(points, from, Math.min(points.length, from + CHARACTERS), vocabulary);
    }
    return ids;
  }

  private static int id(int[] points, int from, int to, int vocabulary) {
    int word = 0;
    boolean isWord = to - from == CHARACTERS && points[from] == ' ';
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + points[i];
      if (i > from) {
        isWord &= points[i] >= 'a' && points[i] <= 'z';
        word = word * 26 + points[i] - 'a';
      }
    }
    return isWord ? word : WORDS + Math.floorMod(hash, vocabulary - WORDS);
  }

  private static byte[] texts() {
    byte[] texts = new byte[WORDS * CHARACTERS];
    for (int id = 0; id < WORDS; id++) {
      texts[id * CHARACTERS] = ' ';
      texts[id * CHARACTERS + 1] = (byte) ('a' + id / 676);
      texts[id * CHARACTERS + 2] = (byte) ('a' + id / 26 % 26);
      texts[id * CHARACTERS + 3] = (byte) ('a' + id % 26);
    }
    return texts;
  }
}
