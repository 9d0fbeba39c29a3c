package dev.attain.sockets;

import dev.attain.measurement.NanoClock;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The event loops of a client. Safe for any thread. */
public final class SocketLoops implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final EventLoopGroup group;
  private final List<SocketLoop> loops;

  SocketLoops(EventLoopGroup group, List<SocketLoop> loops) {
    this.group = group;
    this.loops = List.copyOf(loops);
  }

  /**
   * Starts event loops for plain and for encrypted connections, as this system allows: see {@link Transport#best}.
   *
   * @param count number of loops, each a thread
   * @param clock what stamps are read from
   */
  public static SocketLoops open(int count, Transport transport, NanoClock clock) {
    return transport.loops(count, clock);
  }

  public List<SocketLoop> loops() {
    return loops;
  }

  /** Closes all connections and waits for the loops' ends, a few seconds at most. */
  @Override
  public void close() {
    group.shutdownGracefully(0, CLOSING.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSING.toMillis());
  }
}
