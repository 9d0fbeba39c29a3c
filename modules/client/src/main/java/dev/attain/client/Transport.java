package dev.attain.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;

/** What sockets are made of: Linux's epoll where it can be had, java.nio elsewhere. */
record Transport(IoHandlerFactory handlers, ChannelFactory<Channel> channels, SslContext tls) {
  static Transport best(SslContext tls) {
    return Epoll.isAvailable()
        ? new Transport(EpollIoHandler.newFactory(), EpollSocketChannel::new, tls)
        : new Transport(NioIoHandler.newFactory(), NioSocketChannel::new, tls);
  }
}
