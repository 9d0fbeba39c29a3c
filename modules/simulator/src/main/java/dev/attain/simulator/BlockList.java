package dev.attain.simulator;

import java.util.Arrays;

/** The KV blocks of one sequence, in the order of its tokens. */
final class BlockList {

  private int[] ids = new int[4];
  private int size;

  int size() {
    return size;
  }

  /** Ids of the blocks, a copy. */
  int[] ids() {
    return Arrays.copyOf(ids, size);
  }

  int id(int index) {
    return ids[index];
  }

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
    }
    ids[size++] = id;
  }

  int removeLast() {
    return ids[--size];
  }
}
