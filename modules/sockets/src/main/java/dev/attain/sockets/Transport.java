package dev.attain.sockets;

import dev.attain.measurement.NanoClock;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What sockets are made of. */
public sealed interface Transport {
  /**
   * The system calls of Linux, made directly: bytes bear the kernel's stamp, so that reading many connections at once
   * costs no truth. No encryption.
   */
  record Kernel() implements Transport {}

  /**
   * Netty's channels, with TLS where asked for; bytes are stamped when they are read.
   *
   * @param punctual whether these loops' timers are finer than a millisecond, which java.nio's are not
   */
  record Netty(IoHandlerFactory handlers, ChannelFactory<Channel> channels, SslContext tls,
      boolean punctual) implements Transport {
    /** On Linux's epoll where it can be had, on java.nio elsewhere. */
    public static Netty best(SslContext tls) {
      return Epoll.isAvailable()
          ? new Netty(EpollIoHandler.newFactory(), EpollSocketChannel::new, tls, true)
          : new Netty(NioIoHandler.newFactory(), NioSocketChannel::new, tls, false);
    }
  }

  /** The kernel's calls if this system and this JDK have them and nothing is to be encrypted; else Netty. */
  static Transport best(boolean encrypted, SslContext tls) {
    return !encrypted && Linux.available() ? new Kernel() : Netty.best(tls);
  }

  /** Starts event loops. */
  default SocketLoops loops(int count, NanoClock clock) {
    return switch (this) {
      case Kernel kernel -> kernelLoops(count, clock);
      case Netty netty -> nettyLoops(netty, count, clock);
    };
  }

  private static SocketLoops kernelLoops(int count, NanoClock clock) {
    List<SocketPoller> pollers = new ArrayList<>();
    MultiThreadIoEventLoopGroup group = group(count, executor -> {
      SocketPoller poller = new SocketPoller(executor, clock);
      pollers.add(poller);
      return poller;
    });
    // A group makes its loops, and each loop its handler, in order.
    List<EventLoop> loops = eventLoops(group);
    List<SocketLoop> all = new ArrayList<>();
    for (int at = 0; at < loops.size(); at++) {
      all.add(new KernelLoop(loops.get(at), pollers.get(at)));
    }
    return new SocketLoops(group, all);
  }

  private static SocketLoops nettyLoops(Netty netty, int count, NanoClock clock) {
    MultiThreadIoEventLoopGroup group = group(count, netty.handlers());
    return new SocketLoops(group,
        eventLoops(group).stream().<SocketLoop>map(loop -> new NettyLoop(loop, netty, clock)).toList());
  }

  private static MultiThreadIoEventLoopGroup group(int count, IoHandlerFactory handlers) {
    return new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("attain-loop", true), handlers);
  }

  private static List<EventLoop> eventLoops(MultiThreadIoEventLoopGroup group) {
    return StreamSupport.stream(group.spliterator(), false).map(EventLoop.class::cast).toList();
  }
}
