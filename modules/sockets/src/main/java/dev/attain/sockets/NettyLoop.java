package dev.attain.sockets;

import dev.attain.measurement.NanoClock;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;

/** A loop whose connections are Netty channels. */
final class NettyLoop implements SocketLoop {
  private final EventLoop loop;
  private final Transport.Netty transport;
  private final NanoClock clock;

  NettyLoop(EventLoop loop, Transport.Netty transport, NanoClock clock) {
    this.loop = loop;
    this.transport = transport;
    this.clock = clock;
  }

  @Override
  public EventLoop executor() {
    return loop;
  }

  @Override
  public boolean punctual() {
    return transport.punctual();
  }

  @Override
  public void promptly(boolean always) {
    // A channel never waits.
  }

  @Override
  public void connect(Destination to, Peer peer) {
    new Bootstrap().group(loop).channelFactory(transport.channels()).disableResolver().remoteAddress(to.address())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(Integer.MAX_VALUE, to.patience().toMillis()))
        .handler(new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            NettyWire.equip(channel, to, transport.tls(), peer, clock);
          }
        }).connect().addListener((ChannelFuture done) -> onLoop(() -> {
          if (done.isSuccess()) {
            peer.connected(done.channel().pipeline().get(NettyWire.class));
          } else {
            peer.notConnected(done.cause());
          }
        }));
  }

  // Netty reports a socket that could not even be made (no file descriptor left) on a thread of its own.
  private void onLoop(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else {
      loop.execute(task);
    }
  }
}
