package dev.attain.simulator;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Names of the full blocks of one sequence: each is a hash of its tokens and of the name before it, so that two blocks of
 * the same name belong to the same beginning. 64 bits: among a million blocks the chance of any mistake is one in 30
 * million.
 *
 * <p>
 * The prompt's names are made when it is created; those of generated tokens when they are first asked for. One thread at
 * a time.
 */
final class BlockNames {

  /** Of a sequence whose tokens are not known, or are not to be shared. */
  static final BlockNames NONE = new BlockNames(new int[0], ordinal -> 0, 0, 0);

  private final int[] prompt;
  private final IntUnaryOperator generated;
  private final int blockTokens;
  private long[] names;
  private int made;

  /**
   * Names for a prompt and what will be generated after it.
   *
   * @param generated
   *          id of a generated token by its ordinal, which begins with 1
   * @param salt
   *          sequences of different salts share nothing
   */
  static BlockNames of(int[] prompt, IntUnaryOperator generated, int blockTokens, long salt) {
    return new BlockNames(prompt, generated, blockTokens, salt);
  }

  private BlockNames(int[] prompt, IntUnaryOperator generated, int blockTokens, long salt) {
    this.prompt = prompt;
    this.generated = generated;
    this.blockTokens = blockTokens;
    int full = blockTokens == 0 ? 0 : prompt.length / blockTokens;
    this.names = new long[full + 1];
    this.names[0] = salt;
    makeUntil(full);
  }

  boolean known() {
    return blockTokens > 0;
  }

  /** Name of a block by its place in the sequence; all its tokens have to be known by now. */
  long of(int block) {
    makeUntil(block + 1);
    return names[block + 1];
  }

  private void makeUntil(int blocks) {
    if (blocks >= names.length) {
      names = Arrays.copyOf(names, Math.max(blocks + 1, names.length * 2));
    }
    for (; made < blocks; made++) {
      long name = names[made];
      for (int position = made * blockTokens; position < (made + 1) * blockTokens; position++) {
        name = mixed(name ^ token(position)) + position;
      }
      names[made + 1] = name;
    }
  }

  private int token(int position) {
    return position < prompt.length ? prompt[position] : generated.applyAsInt(position - prompt.length + 1);
  }

  /** A bijection whose every output bit depends on every input bit (the finaliser of SplitMix64). */
  private static long mixed(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
