package dev.attain.workload;

/**
 * Randomness without state: draw {@code n} of stream {@code index} is a pure function of (seed, purpose, index, n), so
 * that any node can compute any request in any order.
 *
 * <p>Bits come from the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", 2014, with Stafford's 13th set of constants), a bijection of 64 bits: different indices of one seed and
 * purpose never share a stream.
 */
final class CounterRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double TWO_TO_MINUS_52 = 0x1.0p-52;

  /** What draws are for. Draws of different purposes are independent; the keys are part of what a seed means. */
  enum Purpose {
    /** Prompt length, where it is drawn on its own. */
    PROMPT_LENGTH(0x70726f6d70746c65L),
    /** Output length, where it is drawn on its own. */
    OUTPUT_LENGTH(0x6f75747075746c65L),
    /** Row of a table. */
    ROW(0x726f772d64726177L),
    /** Tokens or words of a prompt. */
    CONTENT(0x636f6e74656e7473L);

    private final long key;

    Purpose(long key) {
      this.key = key;
    }
  }

  private final long key;

  CounterRandom(long seed, Purpose purpose) {
    key = mix(mix(seed) ^ purpose.key);
  }

  /** Start of the stream of an index. */
  long stream(int index) {
    return bits(key, index);
  }

  /** Uniform in the open interval (0, 1): the middles of 2^52 equal cells, so that a logarithm is always finite. */
  double uniform(int index, int draw) {
    return ((bits(stream(index), draw) >>> 12) + 0.5) * TWO_TO_MINUS_52;
  }

  /** One of 0 to {@code bound - 1}; how unequal their chances are is beyond measuring, at most {@code bound / 2^64}. */
  int below(int bound, int index) {
    return (int) Math.unsignedMultiplyHigh(bits(stream(index), 0), bound);
  }

  /** Draw {@code n} of a stream: 64 random bits. */
  static long bits(long stream, long n) {
    return mix(stream + (n + 1) * GOLDEN_GAMMA);
  }

  /** The stream that belongs to both a stream and a word; different streams stay different for the same word. */
  static long join(long stream, String word) {
    long hash = word.length();
    for (int at = 0; at < word.length(); at++) {
      hash = (hash ^ word.charAt(at)) * GOLDEN_GAMMA;
    }
    return mix(stream ^ mix(hash));
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
