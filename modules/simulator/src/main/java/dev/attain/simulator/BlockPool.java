package dev.attain.simulator;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The KV cache of one engine, cut into blocks of equally many tokens, and what is remembered of blocks that nobody uses.
 *
 * <p>
 * A full block may have a name, which stands for its tokens and all before them. Sequences that begin alike share named
 * blocks. A block that its last user gives back is free at once, but keeps its name until it is handed out again, which
 * happens to the one that was given back longest ago; of one sequence the last blocks go first.
 *
 * <p>
 * Invariants: every block is free, or in at least one {@link BlockList}; no two blocks have the same name. One thread
 * only.
 */
final class BlockPool {

  private final int blockTokens;
  private final int[] users;
  private final long[] names;
  private final boolean[] named;
  private final Map<Long, Integer> byName = new HashMap<>();

  /** The free blocks as a ring around one more entry, from the one to hand out next to the one given back last. */
  private final int[] following;
  private final int[] preceding;
  private final int ring;
  private int free;

  BlockPool(int blocks, int blockTokens) {
    this.blockTokens = blockTokens;
    this.users = new int[blocks];
    this.names = new long[blocks];
    this.named = new boolean[blocks];
    this.following = new int[blocks + 1];
    this.preceding = new int[blocks + 1];
    this.ring = blocks;
    this.free = blocks;
    Arrays.setAll(following, block -> block == ring ? 0 : block + 1);
    Arrays.setAll(preceding, block -> block == 0 ? ring : block - 1);
  }

  int total() {
    return users.length;
  }

  int free() {
    return free;
  }

  int used() {
    return users.length - free;
  }

  int blocksFor(int tokens) {
    return (tokens + blockTokens - 1) / blockTokens;
  }

  /**
   * Gives a sequence that has no blocks those for all its tokens: named ones that are still here for its beginning, and
   * free ones for the rest. The last token is never found, because there would be nothing left to compute.
   *
   * @param spare
   *          free blocks that have to be left
   * @return how many tokens were found, or -1 when too few blocks are free; then nothing is taken
   */
  int reserve(BlockList list, BlockNames wanted, int tokens, int spare) {
    int found = found(wanted, (tokens - 1) / blockTokens);
    int idle = 0;
    for (int block = 0; block < found; block++) {
      idle += users[byName.get(wanted.of(block))] == 0 ? 1 : 0;
    }
    if (free - idle - (blocksFor(tokens) - found) < spare) {
      return -1;
    }
    for (int block = 0; block < found; block++) {
      int id = byName.get(wanted.of(block));
      if (users[id]++ == 0) {
        unlink(id);
      }
      list.add(id);
    }
    grow(list, tokens);
    return found * blockTokens;
  }

  /** Lengthens the list until it holds that many tokens; takes nothing and says no when too few blocks are free. */
  boolean grow(BlockList list, int tokens) {
    int missing = blocksFor(tokens) - list.size();
    if (missing > free) {
      return false;
    }
    for (; missing > 0; missing--) {
      int id = following[ring];
      unlink(id);
      forgetName(id);
      users[id] = 1;
      list.add(id);
    }
    return true;
  }

  /**
   * The KV of a sequence's tokens from one position until another is there: blocks that it makes full may be found from
   * now on. One whose name another block has already stays without.
   */
  void name(BlockList list, BlockNames sequence, int from, int until) {
    if (!sequence.known()) {
      return;
    }
    for (int block = from / blockTokens; block < until / blockTokens; block++) {
      int id = list.id(block);
      long name = sequence.of(block);
      if (byName.putIfAbsent(name, id) == null) {
        names[id] = name;
        named[id] = true;
      }
    }
  }

  /** Takes all blocks back and leaves the list empty. */
  void release(BlockList list) {
    while (list.size() > 0) {
      int id = list.removeLast();
      if (--users[id] == 0) {
        append(id);
      }
    }
  }

  private int found(BlockNames wanted, int most) {
    if (!wanted.known() || byName.isEmpty()) {
      return 0;
    }
    int found = 0;
    while (found < most && byName.containsKey(wanted.of(found))) {
      found++;
    }
    return found;
  }

  private void forgetName(int id) {
    if (named[id]) {
      named[id] = false;
      byName.remove(names[id]);
    }
  }

  private void unlink(int id) {
    following[preceding[id]] = following[id];
    preceding[following[id]] = preceding[id];
    free--;
  }

  private void append(int id) {
    int last = preceding[ring];
    following[last] = id;
    preceding[id] = last;
    following[id] = ring;
    preceding[ring] = id;
    free++;
  }
}
