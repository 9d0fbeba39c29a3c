package dev.attain.simulator;

/**
 * The KV cache of one engine, cut into blocks of equally many tokens.
 *
 * <p>
 * Invariant: every block is either free or in exactly one {@link BlockList}. One thread only.
 */
final class BlockPool {

  private final int blockTokens;
  private final int[] freeIds;
  private int free;

  BlockPool(int blocks, int blockTokens) {
    this.blockTokens = blockTokens;
    this.freeIds = new int[blocks];
    this.free = blocks;
    for (int i = 0; i < blocks; i++) {
      freeIds[i] = blocks - 1 - i;
    }
  }

  int total() {
    return freeIds.length;
  }

  int free() {
    return free;
  }

  int used() {
    return freeIds.length - free;
  }

  int blocksFor(int tokens) {
    return (tokens + blockTokens - 1) / blockTokens;
  }

  /** Lengthens the list until it holds that many tokens; takes nothing and says no when too few blocks are free. */
  boolean grow(BlockList list, int tokens) {
    int missing = blocksFor(tokens) - list.size();
    if (missing > free) {
      return false;
    }
    for (; missing > 0; missing--) {
      list.add(freeIds[--free]);
    }
    return true;
  }

  /** Takes all blocks back and leaves the list empty. */
  void release(BlockList list) {
    while (list.size() > 0) {
      freeIds[free++] = list.removeLast();
    }
  }
}
