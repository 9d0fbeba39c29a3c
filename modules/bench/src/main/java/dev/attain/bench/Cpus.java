package dev.attain.bench;

import dev.attain.selftest.CpuList;
import java.io.IOException;
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
    CpuList.numbers(list).forEach(cpus::set);
    return cpus;
  }

  /** Those that this process may use, ascending. */
  static int[] allowed() throws IOException {
    return CpuList.allowed().stream().mapToInt(Integer::intValue).toArray();
  }

  static int count(String list) {
    return of(list).cardinality();
  }
}
