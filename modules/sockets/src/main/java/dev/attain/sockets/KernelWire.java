package dev.attain.sockets;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.Future;

/** A socket of the kernel as a wire. On its loop only. */
final class KernelWire implements Wire {
  private static final int CLOSED = -1;

  private final SocketPoller poller;
  private final Peer peer;
  private final boolean prompt;
  /** What the kernel has not taken yet. */
  private final ArrayDeque<ByteBuf> unsent = new ArrayDeque<>(0);
  private int descriptor = CLOSED;
  private long key;
  private boolean connected;
  private boolean blocked;
  private Future<?> connecting;

  KernelWire(SocketPoller poller, Peer peer, boolean prompt) {
    this.poller = poller;
    this.peer = peer;
    this.prompt = prompt;
  }

  /** Starts to connect; a negative number is the error that prevented it. */
  int connect(InetSocketAddress address) {
    Linux linux = poller.linux();
    int socket = linux.socket(SocketAddressBytes.family(address));
    if (socket < 0) {
      return socket;
    }
    linux.setOption(socket, Linux.IPPROTO_TCP, Linux.TCP_NODELAY, 1);
    linux.setOption(socket, Linux.SOL_SOCKET, Linux.SO_TIMESTAMPNS, 1);
    int error = poller.connect(socket, address);
    if (error < 0 && error != Linux.IN_PROGRESS) {
      linux.close(socket);
      return error;
    }
    long watched = poller.watchConnecting(this, socket);
    if (watched < 0) {
      linux.close(socket);
      return (int) watched;
    }
    descriptor = socket;
    key = watched;
    return 0;
  }

  void connecting(Future<?> deadline) {
    connecting = deadline;
  }

  void giveUpConnecting(Throwable cause) {
    if (!connected && descriptor != CLOSED) {
      release();
      peer.notConnected(cause);
    }
  }

  /** The kernel has news of this socket. */
  void ready(int events, ArrivalClock clock) {
    if (!connected) {
      concludeConnecting();
      return;
    }
    if ((events & Linux.EPOLLOUT) != 0 && !unsent.isEmpty()) {
      flush();
    }
    if (descriptor != CLOSED && (events & ~Linux.EPOLLOUT) != 0) {
      poller.read(this, (events & (Linux.EPOLLRDHUP | Linux.EPOLLHUP | Linux.EPOLLERR)) != 0, clock);
    }
  }

  private void concludeConnecting() {
    int error = poller.linux().pendingError(descriptor);
    connecting.cancel(false);
    if (error < 0) {
      giveUpConnecting(KernelLoop.failure(error));
      return;
    }
    error = poller.watchOpen(descriptor, key, prompt);
    if (error < 0) {
      giveUpConnecting(KernelLoop.failure(error));
    } else {
      connected = true;
      peer.connected(this);
    }
  }

  void received(ByteBuf data, long nanos) {
    peer.received(data, nanos);
  }

  /** Something went wrong here, not at the server. */
  void ruined(Throwable cause) {
    boolean known = connected;
    release();
    try {
      if (known) {
        peer.broken(cause);
      } else {
        peer.notConnected(cause);
      }
    } catch (Throwable e) {
      // A peer that fails even at this has had its chance; deadlines end what it was waiting for.
      e.addSuppressed(cause);
    }
  }

  /** The server has ended the stream. */
  void ended() {
    release();
    peer.closed();
  }

  void failed(int error) {
    if (descriptor != CLOSED) {
      release();
      peer.broken(KernelLoop.failure(error));
    }
  }

  @Override
  public void send(ByteBuf message) {
    if (descriptor == CLOSED) {
      message.release();
      return;
    }
    unsent.addLast(message);
    if (unsent.size() == 1) {
      flush();
    }
  }

  private void flush() {
    while (!unsent.isEmpty()) {
      ByteBuf next = unsent.peekFirst();
      long sent = poller.linux().send(descriptor, next.memoryAddress() + next.readerIndex(), next.readableBytes());
      if (sent == Linux.AGAIN || sent == Linux.INTERRUPTED) {
        // The socket is watched for room at its edge, so it will report.
        block(true);
        return;
      }
      if (sent < 0) {
        // Not from within send: the caller is not ready for an end.
        int error = (int) sent;
        poller.later(() -> failed(error));
        return;
      }
      next.skipBytes((int) sent);
      if (!next.isReadable()) {
        unsent.pollFirst().release();
      }
    }
    block(false);
    peer.sent();
  }

  @Override
  public void close() {
    if (descriptor != CLOSED) {
      release();
      poller.later(peer::closed);
    }
  }

  private void block(boolean waits) {
    if (waits != blocked) {
      blocked = waits;
      poller.blockedSenders(waits ? 1 : -1);
    }
  }

  private void release() {
    if (descriptor == CLOSED) {
      return;
    }
    block(false);
    poller.forget(descriptor, key);
    descriptor = CLOSED;
    unsent.forEach(ByteBuf::release);
    unsent.clear();
  }

  @Override
  public boolean open() {
    return descriptor != CLOSED;
  }

  int descriptor() {
    return descriptor;
  }
}
