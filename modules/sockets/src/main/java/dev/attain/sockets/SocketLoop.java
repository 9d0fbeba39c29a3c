package dev.attain.sockets;

import io.netty.channel.EventLoop;

/** An event loop and the connections that belong to it. */
public interface SocketLoop {
  /** Runs tasks on the loop's thread, from any thread. */
  EventLoop executor();

  /** Opens a connection; on this loop only. The peer hears how that went later, never during the call. */
  void connect(Destination to, Peer peer);

  /**
   * Whether everything is to be read the moment it comes, as when the end of one answer is the beginning of the next
   * request; at first it is not, and on a busy loop bytes may wait for others for up to a millisecond. On this loop only.
   */
  void promptly(boolean always);

  /** Whether scheduled tasks run at their instant, give or take some tens of microseconds, and not some time later. */
  boolean punctual();
}
