package dev.attain.measurement;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Long counters with one writing thread and any number of readers, without locks or allocation. A reader that sees an
 * addition also sees every earlier one, so reading in the reverse order of writing gives consistent inequalities.
 */
final class Tally {
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] values;

  Tally(int size) {
    values = new long[size];
  }

  void add(int slot, long amount) {
    // Only this thread writes, so its own plain read is current.
    ELEMENT.setRelease(values, slot, values[slot] + amount);
  }

  long get(int slot) {
    return (long) ELEMENT.getAcquire(values, slot);
  }
}
