package dev.attain.sockets;

import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The event loops that {@link Transport#loops} has started. Safe for any thread. */
public final class SocketLoops implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final EventLoopGroup group;
  private final List<SocketLoop> loops;

  SocketLoops(EventLoopGroup group, List<SocketLoop> loops) {
    this.group = group;
    this.loops = List.copyOf(loops);
  }

  /** In a fixed order. */
  public List<SocketLoop> loops() {
    return loops;
  }

  /** Closes all connections and waits for the loops' ends, a few seconds at most. */
  @Override
  public void close() {
    group.shutdownGracefully(0, CLOSING.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSING.toMillis());
  }
}
