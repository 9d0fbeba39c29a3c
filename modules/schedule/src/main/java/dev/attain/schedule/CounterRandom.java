package dev.attain.schedule;

/**
 * Randomness without state: draw {@code n} of stream {@code index} is a pure function of (seed, index, n), so that any
 * node can compute any draw in any order.
 *
 * <p>Bits come from the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", 2014, with Stafford's 13th set of constants) applied twice: once to find the stream of an index, once
 * to find the draw in it. It is a bijection of 64 bits, so different indices of one seed never share a stream.
 */
final class CounterRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  /** Keeps arrivals apart from whatever else an experiment draws from the same seed. */
  private static final long ARRIVALS = 0x6172726976616C73L;
  private static final double TWO_TO_MINUS_52 = 0x1.0p-52;

  private final long key;

  CounterRandom(long seed) {
    this(seed, ARRIVALS);
  }

  /** @param purpose draws of one seed for different purposes have nothing in common */
  CounterRandom(long seed, long purpose) {
    key = mix(mix(seed) ^ purpose);
  }

  /** Uniform in the open interval (0, 1): the middles of 2^52 equal cells, so that a logarithm is always finite. */
  double uniform(long index, int draw) {
    long stream = mix(key + index * GOLDEN_GAMMA);
    long bits = mix(stream + (draw + 1) * GOLDEN_GAMMA);
    return ((bits >>> 12) + 0.5) * TWO_TO_MINUS_52;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
