package dev.attain.sockets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/**
 * The system calls that a loop makes. Each returns its result, or the negated {@code errno}. For one thread, because a
 * loop's last error and the clock's answer have one place.
 */
final class Linux {
  static final int EPOLLIN = 0x1;
  static final int EPOLLOUT = 0x4;
  static final int EPOLLERR = 0x8;
  static final int EPOLLHUP = 0x10;
  static final int EPOLLRDHUP = 0x2000;
  static final int EPOLLET = 1 << 31;
  static final int EPOLL_ADD = 1;
  static final int EPOLL_DELETE = 2;
  static final int EPOLL_MODIFY = 3;

  static final int AGAIN = -11;
  static final int INTERRUPTED = -4;
  static final int IN_PROGRESS = -115;

  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOL_SOCKET = 1;
  static final int SO_TIMESTAMPNS = 35;
  static final int IPPROTO_TCP = 6;
  static final int TCP_NODELAY = 1;

  private static final int SO_ERROR = 4;
  private static final int SOCK_STREAM_NONBLOCK_CLOEXEC = 1 | 0x800 | 0x80000;
  private static final int CLOEXEC = 0x80000;
  private static final int NONBLOCK = 0x800;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int CLOCK_REALTIME = 0;
  private static final long SYS_EPOLL_PWAIT2 = 441;
  private static final int PR_SET_TIMERSLACK = 29;
  private static final int TIME_AT = 8;
  private static final int NUMBER_AT = 24;
  private static final int LENGTH_AT = 32;
  private static final int SCRATCH_BYTES = 40;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MILLISECOND = 1_000_000;

  /** Null where they cannot be had. A constant, and a record, so that the compiler sees through to the handles. */
  private static final Functions C = functions();

  /** errno, a time, a number. */
  private final ByteBuf scratch = Unpooled.directBuffer(SCRATCH_BYTES, SCRATCH_BYTES);
  private final long time = scratch.memoryAddress() + TIME_AT;
  private final long number = scratch.memoryAddress() + NUMBER_AT;
  private final Object errno;
  private boolean waitsInNanos;

  private record Functions(ForeignFunctions foreign, MethodHandle epollCreate, MethodHandle epollControl,
      MethodHandle epollWait, MethodHandle systemCall, MethodHandle eventfd, MethodHandle read, MethodHandle write,
      MethodHandle socket, MethodHandle connect, MethodHandle setOption, MethodHandle getOption, MethodHandle receive,
      MethodHandle send, MethodHandle close, MethodHandle clock,
      MethodHandle prctl) {}

  private static Functions functions() {
    boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    Optional<ForeignFunctions> foreign = linux ? ForeignFunctions.available() : Optional.empty();
    if (foreign.isEmpty()) {
      return null;
    }
    ForeignFunctions c = foreign.get();
    Class<?> i = int.class;
    Class<?> l = long.class;
    try {
      return new Functions(c, c.function("epoll_create1", i, i), c.function("epoll_ctl", i, i, i, i, l),
          c.function("epoll_wait", i, i, l, i, i), c.function("syscall", l, l, l, l, l, l, l, l),
          c.function("eventfd", i, i, i), c.function("read", l, i, l, l), c.function("write", l, i, l, l),
          c.function("socket", i, i, i, i), c.function("connect", i, i, l, i),
          c.function("setsockopt", i, i, i, i, l, i), c.function("getsockopt", i, i, i, i, l, l),
          c.function("recvmsg", l, i, l, i), c.function("send", l, i, l, l, i), c.function("close", i, i),
          c.function("clock_gettime", i, i, l),
          c.function("prctl", i, i, l, l, l, l));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  private Linux() throws ReflectiveOperationException {
    this.errno = C.foreign().errnoAt(scratch.memoryAddress());
  }

  /** Four bytes at an address, for the errors of another thread's calls. */
  Object errnoAt(long address) {
    try {
      return C.foreign().errnoAt(address);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("memory was there a moment ago", e);
    }
  }

  /** Whether this machine and this JDK (22 or newer for certain) let us. */
  static boolean available() {
    return C != null;
  }

  /** A set of calls for one thread. */
  static Linux calls() {
    try {
      return new Linux();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the system's calls were there a moment ago", e);
    }
  }

  int epollCreate() {
    try {
      int result = (int) C.epollCreate().invokeExact(errno, CLOEXEC);
      return result < 0 ? failure() : result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** {@code event} is the address of an epoll_event; 0 for a deletion. */
  int epollControl(int epoll, int operation, int descriptor, long event) {
    try {
      int result = (int) C.epollControl().invokeExact(errno, epoll, operation, descriptor, event);
      return result < 0 ? failure() : result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Finds out whether waits may be finer than milliseconds, which kernels before 5.11 and some sandboxes refuse. */
  void tryWaitingInNanos(int epoll, long events) {
    waitsInNanos = true;
    epollWait(epoll, events, 1, 1);
  }

  boolean waitsInNanos() {
    return waitsInNanos;
  }

  /** Waits up to {@code nanos} for events; rounded up to milliseconds where it cannot be done exactly. */
  int epollWait(int epoll, long events, int most, long nanos) {
    if (nanos > 0 && waitsInNanos) {
      scratch.setLongLE(TIME_AT, nanos / NANOS_PER_SECOND).setLongLE(TIME_AT + Long.BYTES, nanos % NANOS_PER_SECOND);
      int result = (int) systemCall(SYS_EPOLL_PWAIT2, epoll, events, most, time, 0, 0);
      if (result >= 0 || result == INTERRUPTED) {
        return result;
      }
      waitsInNanos = false;
    }
    int millis = (int) Math.min(Integer.MAX_VALUE, (nanos + NANOS_PER_MILLISECOND - 1) / NANOS_PER_MILLISECOND);
    return epollWaitMillis(epoll, events, most, millis);
  }

  private int epollWaitMillis(int epoll, long events, int most, int millis) {
    try {
      int result = (int) C.epollWait().invokeExact(errno, epoll, events, most, millis);
      return result < 0 ? failure() : result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private long systemCall(long call, long a, long b, long c, long d, long e, long f) {
    try {
      long result = (long) C.systemCall().invokeExact(errno, call, a, b, c, d, e, f);
      return result < 0 ? failure() : result;
    } catch (Throwable problem) {
      throw unexpected(problem);
    }
  }

  /** A counter that wakes who waits for it. */
  int eventfd() {
    try {
      int result = (int) C.eventfd().invokeExact(errno, 0, CLOEXEC | NONBLOCK);
      return result < 0 ? failure() : result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** From any thread, and therefore without a reason when it fails: a counter that is full wakes as well. */
  static void signal(int eventfd, long one, Object errnoOfCaller) {
    try {
      long ignored = (long) C.write().invokeExact(errnoOfCaller, eventfd, one, (long) Long.BYTES);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Empties an eventfd. */
  long drain(int eventfd) {
    try {
      long result = (long) C.read().invokeExact(errno, eventfd, number, (long) Long.BYTES);
      return result < 0 ? failure() : result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** A TCP socket that never blocks. */
  int socket(int family) {
    try {
      int result = (int) C.socket().invokeExact(errno, family, SOCK_STREAM_NONBLOCK_CLOEXEC, 0);
      return result < 0 ? failure() : result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int connect(int descriptor, long address, int length) {
    try {
      int result = (int) C.connect().invokeExact(errno, descriptor, address, length);
      return result < 0 ? failure() : result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int setOption(int descriptor, int level, int option, int value) {
    scratch.setIntLE(NUMBER_AT, value);
    try {
      int result = (int) C.setOption().invokeExact(errno, descriptor, level, option, number, Integer.BYTES);
      return result < 0 ? failure() : result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The negated error that a socket has waiting, 0 for none. */
  int pendingError(int descriptor) {
    scratch.setIntLE(NUMBER_AT, 0).setIntLE(LENGTH_AT, Integer.BYTES);
    try {
      int result = (int) C.getOption().invokeExact(errno, descriptor, SOL_SOCKET, SO_ERROR, number,
          scratch.memoryAddress() + LENGTH_AT);
      return result < 0 ? failure() : -scratch.getIntLE(NUMBER_AT);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** {@code message} is the address of a msghdr; 0 is the end of the stream. */
  long receive(int descriptor, long message) {
    try {
      long result = (long) C.receive().invokeExact(errno, descriptor, message, MSG_DONTWAIT);
      return result < 0 ? failure() : result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  long send(int descriptor, long bytes, long length) {
    try {
      long result = (long) C.send().invokeExact(errno, descriptor, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
      return result < 0 ? failure() : result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int close(int descriptor) {
    try {
      int result = (int) C.close().invokeExact(errno, descriptor);
      return result < 0 ? failure() : result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Wall-clock time in nanoseconds since 1970. */
  long realtimeNanos() {
    try {
      int ignored = (int) C.clock().invokeExact(errno, CLOCK_REALTIME, time);
    } catch (Throwable e) {
      throw unexpected(e);
    }
    return scratch.getLongLE(TIME_AT) * NANOS_PER_SECOND + scratch.getLongLE(TIME_AT + Long.BYTES);
  }

  /** Lets this thread's waits end when they are over: the kernel would let them wait for others, 50 us by default. */
  void wakeOnTime() {
    try {
      int ignored = (int) C.prctl().invokeExact(errno, PR_SET_TIMERSLACK, 1L, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** No call may follow. */
  void release() {
    scratch.release();
  }

  private int failure() {
    return -scratch.getIntLE(0);
  }

  private static AssertionError unexpected(Throwable e) {
    return new AssertionError("a call of the C library", e);
  }
}
