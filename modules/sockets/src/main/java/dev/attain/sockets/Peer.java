package dev.attain.sockets;

import io.netty.buffer.ByteBuf;

/** Who hears from a connection, on its event loop only. */
public interface Peer {
  /** The connection is there. */
  void connected(Wire wire);

  /** There will be no connection; a {@link io.netty.channel.ConnectTimeoutException} when the server kept silent. */
  void notConnected(Throwable cause);

  /** The kernel has taken all that {@link Wire#send} was given; heard during that call where it took it at once. */
  default void sent() {}

  /**
   * Bytes have come.
   *
   * @param data valid during the call; whatever is left in it is dropped
   * @param nanos when they came: the instant at which the kernel had received the last of them where it says so, or else
   *        the instant at which they were read, before anything was made of them
   */
  void received(ByteBuf data, long nanos);

  /** The server has closed the connection in good order, or it was closed here. Nothing more comes. */
  void closed();

  /** The connection failed; nothing more comes. */
  void broken(Throwable cause);
}
