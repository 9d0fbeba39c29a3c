package dev.attain.sockets;

import java.util.Arrays;
import java.util.function.Consumer;

/** Wires by a key that is never used twice in a row, so that late news of a closed socket reaches nobody. */
final class WireTable {
  private static final long PLACE_MASK = 0xFFFF_FFFFL;

  private KernelWire[] wires = new KernelWire[64];
  private int[] generations = new int[64];
  private int[] free = new int[64];
  private int freeCount;
  private int used;

  /** The wire's key, not negative. */
  long add(KernelWire wire) {
    int place = freeCount > 0 ? free[--freeCount] : used++;
    if (place == wires.length) {
      wires = Arrays.copyOf(wires, 2 * place);
      generations = Arrays.copyOf(generations, 2 * place);
      free = Arrays.copyOf(free, 2 * place);
    }
    wires[place] = wire;
    return (long) (generations[place] & Integer.MAX_VALUE >> 1) << Integer.SIZE | place;
  }

  /** Null when there is none any more. */
  KernelWire get(long key) {
    int place = (int) (key & PLACE_MASK);
    boolean current = (generations[place] & Integer.MAX_VALUE >> 1) == key >> Integer.SIZE;
    return current ? wires[place] : null;
  }

  void remove(long key) {
    int place = (int) (key & PLACE_MASK);
    wires[place] = null;
    generations[place]++;
    free[freeCount++] = place;
  }

  void forEach(Consumer<KernelWire> visitor) {
    for (KernelWire wire : wires.clone()) {
      if (wire != null) {
        visitor.accept(wire);
      }
    }
  }
}
