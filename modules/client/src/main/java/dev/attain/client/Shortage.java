package dev.attain.client;

import java.util.Locale;
import java.util.Optional;

/** What this node can run out of when it opens a connection: the generator's own failure, not the server's. */
enum Shortage {
  /** Every socket is an open file. */
  DESCRIPTORS("too many open files"),
  /** A connection takes a port, towards the same address no port twice. */
  PORTS("assign requested address");

  private final String message;

  Shortage(String message) {
    this.message = message;
  }

  /**
   * What would be short before anything is sent, where the number of connections is known; empty when there is enough
   * or the system does not tell.
   *
   * @param connections at once, in addition to what is open now
   * @param servers among which they are divided
   */
  static Optional<String> ahead(int connections, int servers) {
    return ahead(connections, servers, Descriptors.allowed().map(limit -> new Descriptors(limit, Descriptors.inUse())),
        PortRange.ofThisNode());
  }

  static Optional<String> ahead(int connections, int servers, Optional<Descriptors> descriptors,
      Optional<PortRange> ports) {
    Optional<String> noDescriptors = descriptors.filter(now -> connections > now.limit() - now.peak())
        .map(now -> "%d connections, but only %d file descriptors are left (limit %d): raise it with ulimit -n"
            .formatted(connections, now.limit() - now.peak(), now.limit()));
    Optional<String> noPorts = ports.filter(range -> connections > (long) range.size() * servers)
        .map(range -> "%d connections, but only %d local ports towards each of %d servers (range %d-%d): widen %s"
            .formatted(connections, range.size(), servers, range.first(), range.last(),
                "net.ipv4.ip_local_port_range"));
    return noDescriptors.or(() -> noPorts);
  }

  /** Empty when the connection failed for another reason. */
  static Optional<Shortage> of(Throwable failure) {
    int depth = 0;
    for (Throwable cause = failure; cause != null && depth < 10; cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      for (Shortage shortage : values()) {
        if (text.contains(shortage.message)) {
          return Optional.of(shortage);
        }
      }
      depth++;
    }
    return Optional.empty();
  }

  /**
   * The sentence, with the limit where the system tells it.
   *
   * @param server {@code host:port}
   */
  String sentence(String server) {
    return switch (this) {
      case DESCRIPTORS -> "this node has no file descriptors left (" + Descriptors.allowed()
          .map(limit -> "limit " + limit + ": ").orElse("") + "raise with ulimit -n)";
      case PORTS -> "no local ports left towards " + server
          + PortRange.ofThisNode().map(range -> " (range " + range.first() + "-" + range.last() + ")").orElse("");
    };
  }
}
