package dev.attain.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Those that this process may use, ascending. */
  static int[] allowed() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines.filter(line -> line.startsWith("Cpus_allowed_list:"))
          .map(line -> of(line.substring(line.indexOf(':') + 1).strip())).findFirst().orElseThrow().stream().toArray();
    }
  }

  static int count(String list) {
    return of(list).cardinality();
  }
}
