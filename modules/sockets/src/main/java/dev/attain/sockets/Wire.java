package dev.attain.sockets;

import io.netty.buffer.ByteBuf;

/** An open connection to a server. Everything about it happens on its event loop. */
public interface Wire {
  /** Sends all of it, at once as far as the kernel takes it; takes over the reference. */
  void send(ByteBuf message);

  /** Closes the connection; the peer hears {@link Peer#closed} some time later. Closing twice is allowed. */
  void close();

  boolean open();
}
