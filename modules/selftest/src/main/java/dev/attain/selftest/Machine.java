package dev.attain.selftest;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What the machine allows.
 *
 * @param cores that this process may use
 * @param clientCores how many of them the client had
 * @param serverCores how many the server had
 * @param apart whether those were different ones
 * @param openFiles most files and connections a process may have open ({@code ulimit -n}); unknown on some systems
 * @param localPorts how many connections to one address may be open at once; unknown on some systems
 * @param java version of the JVM
 * @param operatingSystem name, version and architecture
 */
public record Machine(int cores, int clientCores, int serverCores, boolean apart, OptionalLong openFiles,
    OptionalLong localPorts, String java, String operatingSystem) {
  private static final Path PORT_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final long BYTES_PER_KIB = 1024;

  static Machine of(Cores cores) throws IOException {
    int all = cores.apart() ? cores.client().size() + cores.server().size() : cores.client().size();
    return new Machine(all, cores.client().size(), cores.server().size(), cores.apart(), mostOpenFiles(),
        portsToOneAddress(),
        Runtime.version().toString(), System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
            + System.getProperty("os.arch"));
  }

  private static OptionalLong mostOpenFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? OptionalLong.of(unix.getMaxFileDescriptorCount())
        : OptionalLong.empty();
  }

  private static OptionalLong portsToOneAddress() throws IOException {
    if (!Files.isReadable(PORT_RANGE)) {
      return OptionalLong.empty();
    }
    // Whole in one read, as a reader with a buffer does it: a setting of the kernel has no second part.
    try (BufferedReader setting = Files.newBufferedReader(PORT_RANGE)) {
      String[] range = setting.readLine().strip().split("\\s+");
      return OptionalLong.of(Long.parseLong(range[1]) - Long.parseLong(range[0]) + 1);
    }
  }

  /** Memory of this process that is not swapped out, in bytes; unknown on some systems, or without a descriptor left. */
  static OptionalLong residentBytes() {
    try {
      return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith(RESIDENT))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIB).findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
