package dev.attain.sockets;

import dev.attain.measurement.NanoClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Waits for sockets and reads from them, between the tasks of one event loop.
 *
 * <p>Two sets are watched. The loop sleeps on the first, where news wakes it at once: wake-ups by other threads,
 * connections being opened, and those that must be read promptly. Streams are in the second; while little happens the
 * second set is a member of the first and wakes too, and when much happens it is looked at every {@link ReadPace} only.
 */
final class SocketPoller implements IoHandler {
  /** In one go: the tasks of the loop, sends among them, wait no longer than it takes to read these. */
  private static final int MOST_EVENTS = 64;
  /** What the loop's own timers run by. */
  private static final NanoClock LOOP_CLOCK = NanoClock.system();
  private static final long WAKE_UP = 0;
  private static final long STREAMS = 1;
  private static final int FIRST_KEY = 2;

  private final ThreadAwareExecutor loop;
  private final Linux linux = Linux.calls();
  private final int sleeping;
  private final int streams;
  private final int alarm;
  /** Keeps the kernel stamping: it begins some time after the first socket asks, and ends with the last. */
  private final int stamping;
  private final AtomicBoolean alarmed = new AtomicBoolean();
  /** What is written to the alarm, and where those who do so leave their errors, which nobody reads. */
  private final ByteBuf one = Unpooled.directBuffer(2 * Long.BYTES).writeLongLE(1);
  private final Object foreignErrno;
  private final EpollEvents news = new EpollEvents(MOST_EVENTS);
  private final EpollEvents request = new EpollEvents(1);
  private final ByteBuf address = Unpooled.directBuffer(SocketAddressBytes.MOST);
  private final Inbox inbox = new Inbox();
  private final ArrivalClock promptClock;
  private final ArrivalClock streamClock;
  private final ReadPace pace = new ReadPace();
  private final WireTable wires = new WireTable();
  private boolean streamsWake;
  private boolean prompt;
  private boolean promptDrained = true;
  private int blockedSenders;
  private boolean destroyed;
  private boolean drained = true;

  SocketPoller(ThreadAwareExecutor loop, NanoClock nanos) {
    this.loop = loop;
    this.promptClock = new ArrivalClock(nanos, linux::realtimeNanos);
    this.streamClock = new ArrivalClock(nanos, linux::realtimeNanos);
    this.sleeping = required(linux.epollCreate(), "epoll_create1");
    this.streams = required(linux.epollCreate(), "epoll_create1");
    this.alarm = required(linux.eventfd(), "eventfd");
    linux.tryWaitingInNanos(sleeping, news.address());
    this.stamping = required(linux.socket(Linux.AF_INET), "socket");
    linux.setOption(stamping, Linux.SOL_SOCKET, Linux.SO_TIMESTAMPNS, 1);
    this.foreignErrno = linux.errnoAt(one.memoryAddress() + Long.BYTES);
    watch(sleeping, alarm, Linux.EPOLLIN, WAKE_UP);
    letStreamsWake(true);
  }

  private static int required(int descriptor, String call) {
    if (descriptor < 0) {
      throw new IllegalStateException("an event loop cannot be made: " + call + ": " + LinuxError.words(descriptor));
    }
    return descriptor;
  }

  @Override
  public void initialize() {
    linux.wakeOnTime();
  }

  private int watch(int set, int descriptor, int interest, long key) {
    request.set(interest, key);
    return linux.epollControl(set, Linux.EPOLL_ADD, descriptor, request.address());
  }

  private void letStreamsWake(boolean wake) {
    if (wake != streamsWake) {
      streamsWake = wake;
      request.set(Linux.EPOLLIN, STREAMS);
      linux.epollControl(sleeping, wake ? Linux.EPOLL_ADD : Linux.EPOLL_DELETE, streams, request.address());
    }
  }

  @Override
  public int run(IoHandlerContext context) {
    boolean read = await(drained && context.canBlock() ? context.delayNanos(LOOP_CLOCK.nanos()) : 0);
    return read || !streamsWake || !drained ? readStreams() : 0;
  }

  /** Sleeps until there is news, at most {@code nanos}; whether streams are known to have some. */
  private boolean await(long nanos) {
    long longest = streamsWake ? nanos : Math.min(nanos, pace.pauseNanos());
    promptClock.look(promptDrained);
    int count = linux.epollWait(sleeping, news.address(), MOST_EVENTS, Math.max(0, longest));
    promptDrained = count < MOST_EVENTS;
    boolean woken = false;
    boolean read = false;
    boolean compared = false;
    for (int at = 0; at < count; at++) {
      long key = news.key(at);
      if (key == WAKE_UP) {
        woken = true;
      } else if (key == STREAMS) {
        read = true;
      } else {
        if (!compared) {
          promptClock.compare();
          compared = true;
        }
        ready(key, news.events(at), promptClock);
      }
    }
    if (woken) {
      linux.drain(alarm);
    }
    alarmed.set(false);
    return read;
  }

  private int readStreams() {
    streamClock.look(drained);
    int count = Math.max(0, linux.epollWait(streams, news.address(), MOST_EVENTS, 0));
    if (count > 0) {
      streamClock.compare();
    }
    for (int at = 0; at < count; at++) {
      ready(news.key(at), news.events(at), streamClock);
    }
    drained = count < MOST_EVENTS;
    pace.saw(count, streamClock.lookedNanos());
    chooseWakers();
    return count;
  }

  /** Streams wake while little happens, when they must, and while one of them has something left to send. */
  private void chooseWakers() {
    letStreamsWake(prompt || blockedSenders > 0 || pace.pauseNanos() == 0);
  }

  private void ready(long key, int events, ArrivalClock clock) {
    KernelWire wire = wires.get(key - FIRST_KEY);
    if (wire == null) {
      return;
    }
    try {
      wire.ready(events, clock);
    } catch (Throwable e) {
      // Whatever went wrong with one connection, the loop and all the others go on.
      wire.ruined(e);
    }
  }

  /** Reads until nothing is left, or to the end of the stream if that has come. */
  void read(KernelWire wire, boolean ending, ArrivalClock clock) {
    boolean more = true;
    while (more && wire.open()) {
      long count = linux.receive(wire.descriptor(), inbox.message());
      if (count > 0) {
        long stamp = inbox.stamp();
        wire.received(inbox.data((int) count), stamp == Inbox.NONE ? clock.now() : clock.instant(stamp));
        // A read that did not fill the buffer emptied the socket; what comes later makes an edge of its own.
        more = ending || count == Inbox.CAPACITY;
      } else if (count == 0) {
        wire.ended();
      } else if (count == Linux.AGAIN) {
        more = false;
      } else if (count != Linux.INTERRUPTED) {
        wire.failed((int) count);
      }
    }
  }

  Linux linux() {
    return linux;
  }

  int connect(int socket, InetSocketAddress to) {
    int length = SocketAddressBytes.write(to, address);
    return linux.connect(socket, address.memoryAddress(), length);
  }

  /** The wire's key, or a negative number: the error that prevents it from being watched. */
  long watchConnecting(KernelWire wire, int socket) {
    long key = FIRST_KEY + wires.add(wire);
    int error = watch(sleeping, socket, Linux.EPOLLOUT | Linux.EPOLLET, key);
    if (error < 0) {
      wires.remove(key - FIRST_KEY);
      return error;
    }
    return key;
  }

  /** 0, or the negative error that prevents it. */
  int watchOpen(int socket, long key, boolean prompt) {
    int interest = Linux.EPOLLIN | Linux.EPOLLOUT | Linux.EPOLLRDHUP | Linux.EPOLLET;
    request.set(interest, key);
    if (prompt) {
      return linux.epollControl(sleeping, Linux.EPOLL_MODIFY, socket, request.address());
    }
    linux.epollControl(sleeping, Linux.EPOLL_DELETE, socket, request.address());
    return watch(streams, socket, interest, key);
  }

  /** Closes a socket, which ends its watching too. */
  void forget(int socket, long key) {
    wires.remove(key - FIRST_KEY);
    linux.close(socket);
  }

  /** Whether all streams are to be read at once, on this loop. */
  void promptly(boolean always) {
    prompt = always;
    chooseWakers();
  }

  /** A wire has begun or ceased to wait for room to send. */
  void blockedSenders(int change) {
    blockedSenders += change;
    chooseWakers();
  }

  /** Whether timers of this loop are finer than milliseconds. */
  boolean punctual() {
    return linux.waitsInNanos();
  }

  void later(Runnable task) {
    loop.execute(task);
  }

  @Override
  public void wakeup() {
    if (!loop.isExecutorThread(Thread.currentThread()) && alarmed.compareAndSet(false, true)) {
      synchronized (alarmed) {
        if (!destroyed) {
          Linux.signal(alarm, one.memoryAddress(), foreignErrno);
        }
      }
    }
  }

  @Override
  public void prepareToDestroy() {
    wires.forEach(KernelWire::close);
  }

  @Override
  public void destroy() {
    synchronized (alarmed) {
      // Nobody may be writing to the alarm, or to the memory that this needs, when they go.
      destroyed = true;
      linux.close(alarm);
      one.release();
    }
    // Of connections that were opened by the very last tasks.
    wires.forEach(wire -> linux.close(wire.descriptor()));
    linux.close(sleeping);
    linux.close(streams);
    linux.close(stamping);
    inbox.release();
    news.release();
    request.release();
    address.release();
    linux.release();
  }

  @Override
  public IoRegistration register(IoHandle handle) {
    throw new UnsupportedOperationException("only this loop's own connections can be on it");
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> type) {
    return false;
  }
}
