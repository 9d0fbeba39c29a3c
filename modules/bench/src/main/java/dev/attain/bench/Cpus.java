package dev.attain.bench;

import java.util.BitSet;

/** Lists of CPUs as {@code taskset} writes them: {@code 0,2-3}. */
final class Cpus {
  private Cpus() {}

  /**
   * The CPUs in a list.
   *
   * @throws IllegalArgumentException when it is none
   */
  static BitSet of(String list) {
    BitSet cpus = new BitSet();
    if (!list.matches("\\d{1,4}(-\\d{1,4})?(,\\d{1,4}(-\\d{1,4})?)*")) {
      throw new IllegalArgumentException("CPUs must look like 0 or 0,2-3, not \"" + list + "\"");
    }
    for (String range : list.split(",")) {
      String[] ends = range.split("-");
      cpus.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
    }
    return cpus;
  }

  static int count(String list) {
    return of(list).cardinality();
  }
}
