package dev.attain.selftest;

import dev.attain.client.Descriptors;
import dev.attain.client.PortRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final long BYTES_PER_KIB = 1024;

  static Machine of(Cores cores) {
    int all = cores.apart() ? cores.client().size() + cores.server().size() : cores.client().size();
    return new Machine(all, cores.client().size(), cores.server().size(), cores.apart(), known(Descriptors.allowed()),
        known(PortRange.ofThisNode().map(range -> (long) range.size())),
        Runtime.version().toString(), System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
            + System.getProperty("os.arch"));
  }

  private static OptionalLong known(Optional<Long> number) {
    return number.map(OptionalLong::of).orElse(OptionalLong.empty());
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
