package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelCountersTest {
  private static final List<String> LINES = List.of("Ip: Forwarding InReceives", "Ip: 2 11704486",
      "Tcp: ActiveOpens RetransSegs", "Tcp: 119189 1075", "TcpExt: ListenDrops RcvPruned TCPBacklogDrop TCPRcvQDrop",
      "TcpExt: 7 1 20 300");

  @Test
  void dropsOfTheReceivingSideAreAddedUp() {
    assertThat(KernelCounters.parse(LINES)).contains(new KernelCounters(1075, 7, 321));
  }

  @Test
  void whatAnOlderKernelDoesNotCountIsNoDrop() {
    assertThat(KernelCounters.parse(List.of("Tcp: RetransSegs", "Tcp: 5", "TcpExt: ListenDrops", "TcpExt: 6")))
        .contains(new KernelCounters(5, 6, 0));
  }

  @Test
  void anotherSystemHasNone() {
    assertThat(KernelCounters.parse(List.of())).isEmpty();
    assertThat(KernelCounters.parse(List.of("Tcp: RetransSegs", "Udp: 5"))).isEmpty();
  }

  @Test
  void aRunIsChargedWithWhatCameInIt() {
    assertThat(new KernelCounters(10, 4, 8).since(new KernelCounters(7, 4, 1)))
        .isEqualTo(new KernelCounters(3, 0, 7));
  }
}
