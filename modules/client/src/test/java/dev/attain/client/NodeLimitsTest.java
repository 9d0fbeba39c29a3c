package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NodeLimitsTest {
  @Test
  void thePortRangeIsReadAsLinuxWritesIt() {
    assertThat(PortRange.parse(List.of("32768\t60999"))).contains(new PortRange(32768, 60999));
    assertThat(new PortRange(32768, 60999).size()).isEqualTo(28232);
    assertThat(PortRange.parse(List.of())).isEmpty();
    assertThat(PortRange.parse(List.of("auto"))).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void filesOfTheKernelAreReadWhole() {
    assertThat(ProcFile.lines(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))).singleElement().asString()
        .containsPattern("\\d+\\s+\\d+");
    assertThat(ProcFile.lines(Path.of("/proc/of-another-system"))).isEmpty();
  }

  @Test
  void socketsThatWaitToBeForgottenStillHoldTheirPorts() {
    assertThat(StallWatch.tcpSockets(List.of("sockets: used 15", "TCP: inuse 5 orphan 0 tw 420 alloc 7 mem 281")))
        .isEqualTo(425);
    assertThat(StallWatch.tcpSockets(List.of())).isEqualTo(-1);
  }

  @Test
  void aShortageIsRecognisedBelowOtherExceptions() {
    assertThat(Shortage.of(new IllegalStateException("no channel", new IOException("Too many open files in system"))))
        .contains(Shortage.DESCRIPTORS);
    assertThat(Shortage.of(new IOException("connect(..) failed with error(-99): Cannot assign requested address")))
        .contains(Shortage.PORTS);
    assertThat(Shortage.of(new IOException("Connection refused"))).isEmpty();
    assertThat(Shortage.of(new IOException())).isEmpty();
  }

  @Test
  void waitingForAProcessorIsReadAsLinuxWritesIt() {
    assertThat(WatchedThread.waitingNanos(List.of("732838942 485186823 1521"))).isEqualTo(485_186_823);
  }

  @Test
  void aKernelThatDoesNotCountHasNoFigureRatherThanZero() {
    assertThat(WatchedThread.waitingNanos(List.of("0 0 0"))).isEqualTo(-1);
    assertThat(WatchedThread.waitingNanos(List.of())).isEqualTo(-1);
    assertThat(new WatchedThread.Cost(5, -1).since(new WatchedThread.Cost(1, 3)))
        .isEqualTo(new WatchedThread.Cost(4, -1));
  }

  @Test
  void tooFewDescriptorsAreKnownBeforeAnythingIsSent() {
    assertThat(Shortage.ahead(900, 1, Optional.of(new Descriptors(1024, 124)), Optional.empty())).isEmpty();
    assertThat(Shortage.ahead(901, 1, Optional.of(new Descriptors(1024, 124)), Optional.empty())).contains(
        "901 connections, but only 900 file descriptors are left (limit 1024): raise it with ulimit -n");
  }

  @Test
  void tooFewPortsAreKnownBeforeAnythingIsSent() {
    Optional<PortRange> ports = Optional.of(new PortRange(60_000, 60_099));
    assertThat(Shortage.ahead(200, 2, Optional.empty(), ports)).isEmpty();
    assertThat(Shortage.ahead(201, 2, Optional.empty(), ports)).contains("201 connections, but only 100 local ports"
        + " towards each of 2 servers (range 60000-60099): widen net.ipv4.ip_local_port_range");
  }

  @Test
  void aSystemThatTellsNoLimitHasNone() {
    assertThat(Shortage.ahead(1_000_000, 1, Optional.empty(), Optional.empty())).isEmpty();
  }
}
