package dev.attain.sockets;

import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeUnit;

/** A loop whose connections are the kernel's sockets. */
final class KernelLoop implements SocketLoop {
  private final EventLoop loop;
  private final SocketPoller poller;

  KernelLoop(EventLoop loop, SocketPoller poller) {
    this.loop = loop;
    this.poller = poller;
    // Without a descriptor no class can be loaded from a folder: the words for that failure must be there before it.
    failure(LinuxError.TOO_MANY_FILES.number());
  }

  @Override
  public EventLoop executor() {
    return loop;
  }

  @Override
  public boolean punctual() {
    return poller.punctual();
  }

  @Override
  public void promptly(boolean always) {
    poller.promptly(always);
  }

  @Override
  public void connect(Destination to, Peer peer) {
    KernelWire wire = new KernelWire(poller, peer, to.prompt());
    int error = wire.connect(to.address());
    if (error < 0) {
      loop.execute(() -> peer.notConnected(failure(error)));
      return;
    }
    wire.connecting(loop.schedule(() -> wire.giveUpConnecting(
        new ConnectTimeoutException("no connection within " + to.patience().toMillis() + " ms")),
        to.patience().toMillis(), TimeUnit.MILLISECONDS));
  }

  static IOException failure(int error) {
    String words = LinuxError.words(error);
    return error == LinuxError.REFUSED.number() ? new ConnectException(words) : new IOException(words);
  }
}
