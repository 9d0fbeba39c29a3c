package dev.attain.sockets;

import dev.attain.measurement.NanoClock;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import java.nio.channels.ClosedChannelException;

/** A Netty channel as a wire. A read is stamped next to the socket, before it is decrypted. */
final class NettyWire extends ChannelInboundHandlerAdapter implements Wire {
  private final Channel channel;
  private final Peer peer;
  private final NanoClock clock;
  private final boolean stampedBelow;
  private long readNanos;

  private NettyWire(Channel channel, Peer peer, NanoClock clock, boolean stampedBelow) {
    this.channel = channel;
    this.peer = peer;
    this.clock = clock;
    this.stampedBelow = stampedBelow;
  }

  static void equip(Channel channel, Destination to, SslContext tls, Peer peer, NanoClock clock) {
    NettyWire wire = new NettyWire(channel, peer, clock, to.tls());
    if (to.tls()) {
      channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
          wire.readNanos = clock.nanos();
          context.fireChannelRead(message);
        }
      });
      channel.pipeline().addLast(tls.newHandler(channel.alloc(), to.host(), to.address().getPort()));
    }
    channel.pipeline().addLast(wire);
  }

  @Override
  public void send(ByteBuf message) {
    channel.writeAndFlush(message).addListener((ChannelFuture written) -> {
      if (written.isSuccess()) {
        peer.sent();
      } else if (!(written.cause() instanceof ClosedChannelException)) {
        // That one is heard of as the end of the connection.
        failed(written.cause());
      }
    });
  }

  @Override
  public void close() {
    channel.close();
  }

  @Override
  public boolean open() {
    return channel.isActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!stampedBelow) {
      readNanos = clock.nanos();
    }
    ByteBuf data = (ByteBuf) message;
    try {
      peer.received(data, readNanos);
    } finally {
      data.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    peer.closed();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failed(cause);
  }

  private void failed(Throwable cause) {
    peer.broken(cause);
    channel.close();
  }
}
