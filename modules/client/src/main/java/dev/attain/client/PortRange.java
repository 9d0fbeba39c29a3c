package dev.attain.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The local ports that Linux gives to connections: towards one address so many, not one more. */
public record PortRange(int first, int last) {
  private static final Path FILE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  // Read once, while there are descriptors to read it with.
  private static final Optional<PortRange> THIS_NODE = parse(ProcFile.lines(FILE));

  /** Empty where the system does not tell. */
  public static Optional<PortRange> ofThisNode() {
    return THIS_NODE;
  }

  static Optional<PortRange> parse(List<String> lines) {
    String[] numbers = lines.isEmpty() ? new String[0] : lines.getFirst().strip().split("\\s+");
    try {
      return numbers.length == 2
          ? Optional.of(new PortRange(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** How many ports there are. */
  public int size() {
    return last - first + 1;
  }
}
