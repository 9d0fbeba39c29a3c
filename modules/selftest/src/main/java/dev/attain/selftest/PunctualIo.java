package dev.attain.selftest;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;

/**
 * The sockets of an event loop, and between two looks at them the events that are due. The loop sleeps until shortly
 * before the next event and then spins, looking at the sockets all the while.
 *
 * <p>Not Netty's own timers: one object and one place in a heap for each token would cost as much as sending it.
 */
final class PunctualIo implements IoHandler, IoHandlerContext {
  /** Requests that have arrived wait for so many events at most, some 100 us: their truth counts from their reading. */
  private static final int EVENTS_BETWEEN_LOOKS = 16;

  private final IoHandler sockets;
  private final TokenClock tokens;
  private final long spinNanos;
  private IoHandlerContext loop;
  private long deadlines;

  /** @param spinNanos how long before an event's instant the loop stops sleeping */
  PunctualIo(IoHandler sockets, TokenClock tokens, long spinNanos) {
    this.sockets = sockets;
    this.tokens = tokens;
    this.spinNanos = spinNanos;
  }

  @Override
  public int run(IoHandlerContext context) {
    loop = context;
    int handled = sockets.run(this);
    tokens.sendDue(EVENTS_BETWEEN_LOOKS);
    return handled;
  }

  @Override
  public boolean canBlock() {
    return loop.canBlock() && tokens.untilNextNanos() > spinNanos;
  }

  @Override
  public long delayNanos(long currentTimeNanos) {
    long untilNext = tokens.untilNextNanos();
    long untilTask = loop.delayNanos(currentTimeNanos);
    return untilNext == TokenClock.NOTHING_DUE ? untilTask : Math.clamp(untilNext - spinNanos, 0, untilTask);
  }

  /**
   * Handlers only compare it with the last one, to save the setting of a timer that has not changed. Both a task and an
   * event may have changed ours, so it is another one each time.
   */
  @Override
  public long deadlineNanos() {
    return tokens.untilNextNanos() == TokenClock.NOTHING_DUE ? loop.deadlineNanos() : ++deadlines;
  }

  @Override
  public void reportActiveIoTime(long activeNanos) {
    loop.reportActiveIoTime(activeNanos);
  }

  @Override
  public boolean shouldReportActiveIoTime() {
    return loop.shouldReportActiveIoTime();
  }

  @Override
  public void initialize() {
    sockets.initialize();
  }

  @Override
  public void prepareToDestroy() {
    sockets.prepareToDestroy();
  }

  @Override
  public void destroy() {
    sockets.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return sockets.register(handle);
  }

  @Override
  public void wakeup() {
    sockets.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return sockets.isCompatible(handleType);
  }
}
