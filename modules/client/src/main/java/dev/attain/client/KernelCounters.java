package dev.attain.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Linux's TCP has counted on this machine (in this network namespace, so of other processes on it as well).
 *
 * @param retransmits segments sent once more because no acknowledgement came in time
 * @param listenDrops connections that a listener on this machine did not take
 * @param receiveDrops segments that had arrived and were thrown away for want of room on the receiving side: the sender
 *        repeats them after a timeout, which then looks like the server's latency
 */
public record KernelCounters(long retransmits, long listenDrops, long receiveDrops) {
  private static final Path SNMP = Path.of("/proc/net/snmp");
  private static final Path NETSTAT = Path.of("/proc/net/netstat");

  /** Since the machine was started; empty where the system does not tell. */
  static Optional<KernelCounters> now() {
    List<String> lines = new ArrayList<>(ProcFile.lines(SNMP));
    lines.addAll(ProcFile.lines(NETSTAT));
    return parse(lines);
  }

  KernelCounters since(KernelCounters earlier) {
    return new KernelCounters(Math.max(0, retransmits - earlier.retransmits),
        Math.max(0, listenDrops - earlier.listenDrops), Math.max(0, receiveDrops - earlier.receiveDrops));
  }

  /** From pairs of lines, "Tcp: NAME NAME" and "Tcp: NUMBER NUMBER"; kernels differ in the names they have. */
  static Optional<KernelCounters> parse(List<String> lines) {
    Map<String, Long> counters = new HashMap<>();
    for (int at = 0; at + 1 < lines.size(); at += 2) {
      String[] names = lines.get(at).split(" ");
      String[] numbers = lines.get(at + 1).split(" ");
      if (names.length == numbers.length && names[0].equals(numbers[0])) {
        for (int k = 1; k < names.length; k++) {
          counters.put(names[0] + names[k], number(numbers[k]));
        }
      }
    }
    if (!counters.containsKey("Tcp:RetransSegs") || !counters.containsKey("TcpExt:ListenDrops")) {
      return Optional.empty();
    }
    long receiveDrops = List.of("TCPBacklogDrop", "TCPRcvQDrop", "RcvPruned", "OfoPruned").stream()
        .mapToLong(name -> counters.getOrDefault("TcpExt:" + name, 0L)).sum();
    return Optional.of(
        new KernelCounters(counters.get("Tcp:RetransSegs"), counters.get("TcpExt:ListenDrops"), receiveDrops));
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
