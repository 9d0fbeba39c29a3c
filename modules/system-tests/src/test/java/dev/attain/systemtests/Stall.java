package dev.attain.systemtests;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A time in which a server does nothing at all, counted from the first request that it is told of. Thread-safe. */
final class Stall {
  private static final long NOT_BEGUN = Long.MIN_VALUE;

  private final Duration after;
  private final Duration length;
  private final AtomicLong firstNanos = new AtomicLong(NOT_BEGUN);

  /** @param after from the first request until the stall begins */
  Stall(Duration after, Duration length) {
    this.after = after;
    this.length = length;
  }

  static Stall never() {
    return new Stall(Duration.ZERO, Duration.ZERO);
  }

  /** The clock starts with the first call. */
  void request() {
    firstNanos.compareAndSet(NOT_BEGUN, System.nanoTime());
  }

  void waitForItsEnd() throws InterruptedException {
    long first = firstNanos.get();
    if (first == NOT_BEGUN) {
      return;
    }
    long sinceBegin = System.nanoTime() - first - after.toNanos();
    if (sinceBegin >= 0 && sinceBegin < length.toNanos()) {
      Thread.sleep(Duration.ofNanos(length.toNanos() - sinceBegin));
    }
  }
}
