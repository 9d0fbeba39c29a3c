package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

class PortsTest {
  private static final String LOOPBACK = "127.0.0.1";

  @Test
  void noPortIsHandedOutTwice() throws IOException {
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      assertThat(seen.add(Ports.free(LOOPBACK))).isTrue();
      assertThat(seen.addAll(Ports.free(LOOPBACK, 3))).isTrue();
    }
    assertThat(seen).hasSize(200);
  }

  @Test
  void aFreePortCanBeBound() throws IOException {
    try (ServerSocket socket = new ServerSocket(Ports.free(LOOPBACK), 1, InetAddress.getLoopbackAddress())) {
      assertThat(socket.isBound()).isTrue();
    }
  }

  @Test
  void portsAreBelowTheRangeOfOutgoingConnections() throws IOException {
    assertThat(Ports.free(LOOPBACK, 20)).allMatch(port -> port >= 20_000 && port < 32_000);
  }

  @Test
  void aTakenPortIsASentenceThatSaysWhatToDo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> Ports.requireFree(LOOPBACK, port, "the coordinator")).isInstanceOf(IOException.class)
          .hasMessage("port " + port + " on 127.0.0.1 is in use, and the coordinator needs it; "
              + "stop what listens there, or choose another port");
    }
  }

  @Test
  void aFreePortAndTheSystemsChoiceAreAccepted() throws IOException {
    int port = Ports.free(LOOPBACK);
    assertThatNoException().isThrownBy(() -> Ports.requireFree(LOOPBACK, port, "prefill-0"));
    assertThatNoException().isThrownBy(() -> Ports.requireFree(LOOPBACK, 0, "prefill-0"));
  }

  @Test
  void anAddressOfAnotherMachineIsASentence() {
    assertThatThrownBy(() -> Ports.free("192.0.2.1")).isInstanceOf(IOException.class)
        .hasMessage("192.0.2.1 is not an address of this machine; choose one that is, such as 127.0.0.1");
  }

  @Test
  void theInternalWindowsOfInstancesDoNotOverlap() throws IOException {
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      InstancePorts ports = Ports.forInstance(LOOPBACK);
      assertThat(seen.add(ports.http())).isTrue();
      assertThat(seen.add(ports.sideChannel())).isTrue();
      for (int port = ports.firstInternal(); port < ports.firstInternal() + 30; port++) {
        assertThat(seen.add(port)).isTrue();
      }
    }
  }
}
