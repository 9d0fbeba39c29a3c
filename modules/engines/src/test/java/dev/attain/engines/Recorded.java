package dev.attain.engines;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What nvidia-smi prints on machines of several shapes. */
final class Recorded {
  /** Two GPUs behind switches, with the codes that nvidia-smi underlines its header with. */
  static final String TWO_H200 = """
    \t\u001B[4mGPU0\tGPU1\tNIC0\tCPU Affinity\tNUMA Affinity\tGPU NUMA ID\u001B[0m
    GPU0\t X \tNV18\tSYS\t0-31\t0\t\tN/A
    GPU1\tNV18\t X \tSYS\t0-31\t0\t\tN/A
    NIC0\tSYS\tSYS\t X \t\t\t

    Legend:

      X    = Self
      NV#  = Connection traversing a bonded set of # NVLinks

    NIC Legend:

      NIC0: mlx5_0
    """;
  /** One bridge, so that only two of the four are joined. */
  static final String ONE_BRIDGE = """
    \tGPU0\tGPU1\tGPU2\tGPU3\tmlx5_0\tmlx5_1\tCPU Affinity\tNUMA Affinity
    GPU0\t X \tSYS\tSYS\tNODE\tNODE\tNODE\t0-27,56-83\t0
    GPU1\tSYS\t X \tNV12\tSYS\tNODE\tNODE\t0-27,56-83\t0
    GPU2\tSYS\tNV12\t X \tNODE\tSYS\tSYS\t28-55,84-111\t1
    GPU3\tNODE\tSYS\tNODE\t X \tSYS\tSYS\t28-55,84-111\t1
    mlx5_0\tNODE\tNODE\tSYS\tSYS\t X \tPIX
    mlx5_1\tNODE\tNODE\tSYS\tSYS\tPIX\t X
    """;
  /** Two islands of four, as of two boards. */
  static final String TWO_ISLANDS = islands();
  /** A workstation: no NVLink at all. */
  static final String ONLY_PCI = """
            GPU0    GPU1    CPU Affinity    NUMA Affinity   GPU NUMA ID
    GPU0     X      PHB     0-63    0               N/A
    GPU1    PHB      X      0-63    0               N/A
    """;

  private Recorded() {}

  /** Idle GPUs as the query prints them. */
  static String query(int count) {
    return query(IntStream.range(0, count).mapToObj(index -> 4).toList());
  }

  /** @param used MiB of each GPU */
  static String query(List<Integer> used) {
    return IntStream.range(0, used.size()).mapToObj(
        index -> "%d, GPU-%08d-1d2c-0fd1-b1a0-2d0f7e7a1b2c, NVIDIA H200, 143771, %d%n".formatted(index, index,
            used.get(index)))
        .collect(Collectors.joining());
  }

  private static String islands() {
    String header = IntStream.range(0, 8).mapToObj(column -> "GPU" + column)
        .collect(Collectors.joining("\t", "\t", ""));
    return IntStream.range(0, 8)
        .mapToObj(row -> IntStream.range(0, 8)
            .mapToObj(column -> row == column ? " X " : row / 4 == column / 4 ? "NV4" : "SYS")
            .collect(Collectors.joining("\t", "GPU" + row + "\t", "\t0-63\t0")))
        .collect(Collectors.joining("\n", header + "\tCPU Affinity\tNUMA Affinity\n", "\n"));
  }
}
