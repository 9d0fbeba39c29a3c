package dev.attain.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.attain.measurement.NanoClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SocketLoopsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  static Stream<Transport> transports() throws SSLException {
    Transport netty = Transport.Netty.best(SslContextBuilder.forClient().build());
    return Linux.available() ? Stream.of(new Transport.Kernel(), netty) : Stream.of(netty);
  }

  private static ServerSocket server() throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setSoTimeout(10_000);
    return server;
  }

  private static Listener connect(SocketLoop loop, int port, Duration patience, boolean prompt) {
    Listener listener = new Listener();
    Destination to = new Destination(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), "127.0.0.1", false,
        patience, prompt);
    loop.executor().execute(() -> loop.connect(to, listener));
    return listener;
  }

  private static Listener connect(SocketLoop loop, int port) {
    return connect(loop, port, PATIENCE, false);
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(1).nextBytes(noise);
    return noise;
  }

  @ParameterizedTest
  @MethodSource("transports")
  void bytesArriveWholeAndInOrderBothWaysHoweverManyTheyAre(Transport transport) throws Exception {
    byte[] noise = noise(9_000_000);
    try (SocketLoops loops = transport.loops(1, NanoClock.system()); ServerSocket server = server()) {
      SocketLoop loop = loops.loops().getFirst();
      Listener listener = connect(loop, server.getLocalPort());
      assertThat(listener.next()).isEqualTo("connected");
      try (Socket accepted = server.accept()) {
        loop.executor().execute(() -> {
          listener.wire().send(Unpooled.directBuffer().writeBytes(noise, 0, 5_000_000));
          listener.wire().send(Unpooled.directBuffer().writeBytes(noise, 5_000_000, 4_000_000));
        });
        assertThat(accepted.getInputStream().readNBytes(noise.length)).isEqualTo(noise);
        accepted.getOutputStream().write(noise);
        assertThat(listener.bytes(noise.length)).isEqualTo(noise);
      }
      assertThat(listener.next()).isEqualTo("closed");
      assertThat(listener.wire().open()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aRefusedConnectionSaysSo(Transport transport) throws Exception {
    int port;
    try (ServerSocket server = server()) {
      port = server.getLocalPort();
    }
    try (SocketLoops loops = transport.loops(1, NanoClock.system())) {
      Listener listener = connect(loops.loops().getFirst(), port);
      assertThat(listener.next()).isEqualTo("not connected");
      assertThat(listener.cause()).hasMessageContaining("refused");
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aServerThatDoesNotAnswerTheConnectionIsGivenUp(Transport transport) throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SocketLoops loops = transport.loops(1, NanoClock.system())) {
      List<Listener> all = new ArrayList<>();
      for (int at = 0; at < 6; at++) {
        all.add(connect(loops.loops().getFirst(), full.getLocalPort(), Duration.ofMillis(300), false));
      }
      List<String> heard = new ArrayList<>();
      for (Listener listener : all) {
        heard.add(listener.next());
      }
      assertThat(heard).contains("connected", "not connected").doesNotContain("nothing");
      assertThat(all).filteredOn(listener -> listener.cause() != null).extracting(Listener::cause)
          .allSatisfy(cause -> assertThat(cause).isInstanceOf(ConnectTimeoutException.class));
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aResetIsToldApartFromAnOrderlyEnd(Transport transport) throws Exception {
    try (SocketLoops loops = transport.loops(1, NanoClock.system()); ServerSocket server = server()) {
      Listener listener = connect(loops.loops().getFirst(), server.getLocalPort());
      assertThat(listener.next()).isEqualTo("connected");
      try (Socket accepted = server.accept()) {
        accepted.setSoLinger(true, 0);
      }
      assertThat(listener.next()).isEqualTo("broken");
      assertThat(listener.cause()).isInstanceOf(IOException.class).hasMessageContaining("reset");
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aConnectionClosedHereIsHeardOfOnceAndLeavesItsPlaceToOthers(Transport transport) throws Exception {
    try (SocketLoops loops = transport.loops(1, NanoClock.system()); ServerSocket server = server()) {
      SocketLoop loop = loops.loops().getFirst();
      for (int round = 0; round < 20; round++) {
        Listener listener = connect(loop, server.getLocalPort());
        assertThat(listener.next()).isEqualTo("connected");
        try (Socket accepted = server.accept()) {
          accepted.getOutputStream().write(round);
          assertThat(listener.bytes(1)).containsExactly(round);
          loop.executor().submit(() -> {
            listener.wire().close();
            listener.wire().close();
            listener.wire().send(Unpooled.directBuffer().writeByte(1));
          }).sync();
          assertThat(listener.next()).isEqualTo("closed");
          assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(listener.heardNothingMore()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aPeerThatFailsLosesItsOwnConnectionOnly(Transport transport) throws Exception {
    try (SocketLoops loops = transport.loops(1, NanoClock.system()); ServerSocket server = server()) {
      SocketLoop loop = loops.loops().getFirst();
      Listener good = connect(loop, server.getLocalPort());
      assertThat(good.next()).isEqualTo("connected");
      try (Socket first = server.accept()) {
        CountDownLatch broken = new CountDownLatch(1);
        Destination to = new Destination(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()),
            "127.0.0.1", false,
            PATIENCE, false);
        loop.executor().execute(() -> loop.connect(to, new FailingPeer(broken)));
        try (Socket second = server.accept()) {
          second.getOutputStream().write(1);
          assertThat(broken.await(10, TimeUnit.SECONDS)).isTrue();
          first.getOutputStream().write(2);
          assertThat(good.bytes(1)).containsExactly(2);
        }
      }
    }
  }

  private record FailingPeer(CountDownLatch broken) implements Peer {
    @Override
    public void connected(Wire wire) {}

    @Override
    public void notConnected(Throwable cause) {}

    @Override
    public void received(ByteBuf data, long nanos) {
      throw new IllegalStateException("as a test has it");
    }

    @Override
    public void closed() {}

    @Override
    public void broken(Throwable cause) {
      if (cause instanceof IllegalStateException) {
        broken.countDown();
      }
    }
  }

  @Test
  void theStampIsTheInstantOfArrivalHoweverLateTheLoopComesToRead() throws Exception {
    assumeTrue(Linux.available(), "this JDK or system has no direct system calls");
    for (boolean prompt : new boolean[]{false, true}) {
      try (SocketLoops loops = new Transport.Kernel().loops(1, NanoClock.system()); ServerSocket server = server()) {
        SocketLoop loop = loops.loops().getFirst();
        Listener listener = connect(loop, server.getLocalPort(), PATIENCE, prompt);
        assertThat(listener.next()).isEqualTo("connected");
        try (Socket accepted = server.accept()) {
          long late = 300_000_000;
          // The kernel begins to stamp some time after it was asked to.
          for (int attempt = 1; attempt <= 10 && late > 100_000_000; attempt++) {
            late = lateness(loop, listener, accepted, attempt);
          }
          // Two clocks are compared, which takes a microsecond or so of tolerance; each reading was 300 ms late.
          assertThat(late).isBetween(-1_000_000L, 100_000_000L);
        }
      }
    }
  }

  /** How much later than its sending a byte is said to have come that was read 300 ms after it, in nanoseconds. */
  private static long lateness(SocketLoop loop, Listener listener, Socket accepted, int attempt) throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch sent = new CountDownLatch(1);
    loop.executor().execute(() -> {
      busy.countDown();
      await(sent);
    });
    await(busy);
    long before = System.nanoTime();
    accepted.getOutputStream().write(7);
    TimeUnit.MILLISECONDS.sleep(300);
    sent.countDown();
    assertThat(listener.bytes(attempt)).hasSize(attempt);
    return listener.stamps().getLast() - before;
  }

  @ParameterizedTest
  @MethodSource("transports")
  void tasksOfOtherThreadsRunWhileManyStreamsAreRead(Transport transport) throws Exception {
    try (SocketLoops loops = transport.loops(2, NanoClock.system()); ServerSocket server = server()) {
      SocketLoop loop = loops.loops().get(1);
      Listener[] listeners = new Listener[20];
      Socket[] sockets = new Socket[listeners.length];
      for (int at = 0; at < listeners.length; at++) {
        listeners[at] = connect(loop, server.getLocalPort());
        assertThat(listeners[at].next()).isEqualTo("connected");
        sockets[at] = server.accept();
        sockets[at].setTcpNoDelay(true);
      }
      for (int round = 0; round < 500; round++) {
        for (Socket socket : sockets) {
          socket.getOutputStream().write(round);
        }
        assertThat(loop.executor().submit(() -> true).get(10, TimeUnit.SECONDS)).isTrue();
      }
      for (Listener listener : listeners) {
        assertThat(listener.bytes(500)).hasSize(500);
        assertThat(listener.stamps()).isSorted();
      }
      for (Socket socket : Arrays.asList(sockets)) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void loopsCanBeClosedWhileOthersStillWakeThem(Transport transport) throws Exception {
    for (int round = 0; round < 100; round++) {
      AtomicBoolean over = new AtomicBoolean();
      SocketLoops loops = transport.loops(1, NanoClock.system());
      Thread busy = Thread.ofPlatform().start(() -> {
        while (!over.get()) {
          try {
            loops.loops().getFirst().executor().execute(() -> {});
          } catch (RejectedExecutionException e) {
            return;
          }
        }
      });
      loops.close();
      over.set(true);
      busy.join(10_000);
      assertThat(busy.isAlive()).isFalse();
    }
  }

  @Test
  void encryptedConnectionsAreNettysAndPlainOnesTheKernelsWhereItCanBe() throws Exception {
    SslContext tls = SslContextBuilder.forClient().build();
    assertThat(Transport.best(true, tls)).isInstanceOf(Transport.Netty.class);
    assertThat(Transport.best(false, tls) instanceof Transport.Kernel).isEqualTo(Linux.available());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
