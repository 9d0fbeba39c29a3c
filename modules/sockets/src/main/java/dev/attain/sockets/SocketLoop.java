package dev.attain.sockets;

import io.netty.channel.EventLoop;

/** An event loop and the connections that belong to it. */
public interface SocketLoop {
  /** Runs tasks on the loop's thread, from any thread. */
  EventLoop executor();

  /** Opens a connection; on this loop only. The peer hears how that went later, never during the call. */
  void connect(Destination to, Peer peer);

  /** Whether stamps of plain connections are the kernel's. */
  boolean kernelStamps();
}
