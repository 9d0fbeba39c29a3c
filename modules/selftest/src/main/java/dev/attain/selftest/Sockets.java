package dev.attain.selftest;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/**
 * What the server's sockets are made of: Linux's epoll where it can be had, java.nio elsewhere.
 *
 * @param wakeNanos how much too late a sleeping loop may wake up: before an event's instant it has to stop sleeping this
 *        long
 */
record Sockets(IoHandlerFactory handlers, Class<? extends ServerChannel> listening, long wakeNanos) {
  private static final long EPOLL_WAKE_NANOS = 80_000;
  /** A selector sleeps whole milliseconds. */
  private static final long SELECTOR_WAKE_NANOS = 2_000_000;

  static Sockets best() {
    return Epoll.isAvailable()
        ? new Sockets(EpollIoHandler.newFactory(), EpollServerSocketChannel.class, EPOLL_WAKE_NANOS)
        : selector();
  }

  static Sockets selector() {
    return new Sockets(NioIoHandler.newFactory(), NioServerSocketChannel.class, SELECTOR_WAKE_NANOS);
  }
}
