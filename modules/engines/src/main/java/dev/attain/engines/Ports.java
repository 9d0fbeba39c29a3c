package dev.attain.engines;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Ports for processes that this JVM starts. May be used from any thread.
 *
 * <p>
 * They come from 20000 to 31999, below the range that Linux and macOS give to outgoing connections: a port out of that
 * range could be taken by the load itself between being handed out here and being bound by the engine.
 */
public final class Ports {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;
  /** More than the processes of one instance open among themselves. */
  private static final int WINDOW = 30;
  private static final Set<Integer> HANDED_OUT = new HashSet<>();

  private Ports() {}

  /**
   * A port that is free on {@code host} and on all addresses, and that this JVM has not handed out before.
   *
   * @throws IOException when there is none, or {@code host} is not an address of this machine
   */
  public static int free(String host) throws IOException {
    return free(host, 1).getFirst();
  }

  /** {@code count} distinct ports, each as {@link #free(String)} gives it. */
  public static List<Integer> free(String host, int count) throws IOException {
    InetAddress address = ofThisMachine(host);
    // Another JVM may be looking at the same time: start anywhere.
    int start = ThreadLocalRandom.current().nextInt(COUNT);
    List<Integer> ports = new ArrayList<>();
    synchronized (HANDED_OUT) {
      for (int tried = 0; tried < COUNT && ports.size() < count; tried++) {
        int port = FIRST + (start + tried) % COUNT;
        if (!HANDED_OUT.contains(port) && bindable(address, port) && bindable(anyAddress(), port)) {
          HANDED_OUT.add(port);
          ports.add(port);
        }
      }
    }
    if (ports.size() < count) {
      throw new IOException("there are no %d free ports between %d and %d on %s; stop what uses them"
          .formatted(count, FIRST, FIRST + COUNT - 1, host));
    }
    return List.copyOf(ports);
  }

  /** Distinct ports for one instance, as {@link #free(String)} gives them; its window of internal ones is in one piece. */
  public static InstancePorts forInstance(String host) throws IOException {
    List<Integer> ports = free(host, 2);
    return new InstancePorts(ports.get(0), ports.get(1), window(host));
  }

  /** The first of a window of ports in a row that are handed out to nobody else. */
  private static int window(String host) throws IOException {
    InetAddress address = ofThisMachine(host);
    int start = ThreadLocalRandom.current().nextInt(COUNT / WINDOW);
    synchronized (HANDED_OUT) {
      for (int tried = 0; tried < COUNT / WINDOW; tried++) {
        int first = FIRST + (start + tried) % (COUNT / WINDOW) * WINDOW;
        List<Integer> ports = IntStream.range(first, first + WINDOW).boxed().toList();
        // Engines step over single ports that are taken.
        if (Collections.disjoint(HANDED_OUT, ports) && bindable(address, first)) {
          HANDED_OUT.addAll(ports);
          return first;
        }
      }
    }
    throw new IOException("there are no %d free ports in a row between %d and %d on %s; stop what uses them"
        .formatted(WINDOW, FIRST, FIRST + COUNT - 1, host));
  }

  /**
   * Returns when {@code port} can be bound on {@code host}; 0, which lets the system choose, always can.
   *
   * @param user what wants it, for the message: "the coordinator"
   * @throws IOException when something else listens there, or {@code host} is not an address of this machine
   */
  public static void requireFree(String host, int port, String user) throws IOException {
    if (!bindable(ofThisMachine(host), port)) {
      throw new IOException("port %d on %s is in use, and %s needs it; stop what listens there, or choose another port"
          .formatted(port, host, user));
    }
  }

  private static InetAddress ofThisMachine(String host) throws IOException {
    InetAddress address = InetAddress.getByName(host);
    if (!bindable(address, 0)) {
      throw new IOException(
          "%s is not an address of this machine; choose one that is, such as 127.0.0.1".formatted(host));
    }
    return address;
  }

  private static InetAddress anyAddress() {
    return new InetSocketAddress(0).getAddress();
  }

  private static boolean bindable(InetAddress address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do: a port whose last connections are still in TIME_WAIT is free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
