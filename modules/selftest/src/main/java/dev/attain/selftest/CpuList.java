package dev.attain.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** CPUs as Linux and {@code taskset} write them: {@code 0-3,8}. */
public final class CpuList {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String ALLOWED = "Cpus_allowed_list:";

  private CpuList() {}

  /** Those that this process may use, ascending; all of the machine's where the system does not tell. */
  public static List<Integer> allowed() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return IntStream.range(0, Runtime.getRuntime().availableProcessors()).boxed().toList();
    }
    return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith(ALLOWED)).findFirst()
        .map(line -> numbers(line.substring(ALLOWED.length()).strip()))
        .orElseThrow(() -> new IOException(STATUS + " has no line " + ALLOWED));
  }

  /** The numbers in a list, in its order. */
  public static List<Integer> numbers(String list) {
    return Arrays.stream(list.split(",")).flatMap(part -> {
      String[] ends = part.strip().split("-");
      return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])).boxed();
    }).toList();
  }
}
