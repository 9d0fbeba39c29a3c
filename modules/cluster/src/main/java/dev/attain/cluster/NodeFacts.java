package dev.attain.cluster;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a node is, for the record: a result can only be judged knowing the machine that produced the load.
 *
 * @param processor the processor's model name, {@code unknown} where the system does not tell
 * @param processors how many of them this JVM may use
 * @param memoryBytes memory of the machine or of the container
 * @param heapBytes the most that this JVM's heap may grow to
 */
public record NodeFacts(String host, List<String> roles, String processor, int processors, long memoryBytes,
    long heapBytes, String operatingSystem, String java, long processId) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  public NodeFacts {
    roles = List.copyOf(roles);
  }

  static NodeFacts ofThisNode(List<String> roles) {
    Runtime runtime = Runtime.getRuntime();
    return new NodeFacts(hostName(), roles, processorName(), runtime.availableProcessors(), physicalMemory(),
        runtime.maxMemory(), System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.version().toString(), ProcessHandle.current().pid());
  }

  private static long physicalMemory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }

  private static String processorName() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines.filter(line -> line.startsWith("model name") && line.contains(":")).findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
