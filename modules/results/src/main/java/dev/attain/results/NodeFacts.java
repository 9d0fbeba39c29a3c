package dev.attain.results;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The machine and the JVM behind a node, as found when it joined.
 *
 * @param processor the processor's model name, {@code unknown} where the system does not tell
 * @param processors how many of them this JVM may use
 * @param memoryBytes memory of the machine or of the container
 * @param heapBytes the most that this JVM's heap may grow to
 */
public record NodeFacts(String id, String host, List<String> roles, String processor, int processors, long memoryBytes,
    long heapBytes, String operatingSystem, String java, long processId) {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** Copies the roles. */
  public NodeFacts {
    roles = List.copyOf(roles);
  }

  /** The facts of this JVM. Reads the system's tables; takes milliseconds. */
  public static NodeFacts ofThisMachine(String id, List<String> roles) {
    Runtime runtime = Runtime.getRuntime();
    return new NodeFacts(id, hostName(), roles, processorName(), runtime.availableProcessors(), memory(),
        runtime.maxMemory(), System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.version().toString(), ProcessHandle.current().pid());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static String processorName() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines.filter(line -> line.startsWith("model name") && line.contains(":")).findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
