package dev.attain.client;

import dev.attain.measurement.NanoClock;
import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The lag of one event loop: a task that is due every few milliseconds notes how late it runs, and so how late anything
 * would be that the loop has to do. Beats that a stall swallowed are counted as the ones they would have been.
 */
final class LoopPulse implements Runnable {
  /** A hundred a second cost next to nothing and give a p99 of seconds something to stand on. */
  static final long PERIOD_NANOS = 10_000_000;

  private final EventLoop loop;
  private final NanoClock clock;
  private final Lateness lateness = new Lateness(PERIOD_NANOS);
  private long dueNanos;
  private Optional<Future<?>> beat = Optional.empty();

  LoopPulse(EventLoop loop, NanoClock clock) {
    this.loop = loop;
    this.clock = clock;
  }

  /** From any thread. */
  void start() {
    loop.execute(() -> {
      dueNanos = clock.nanos() + PERIOD_NANOS;
      beat = Optional.of(loop.scheduleWithFixedDelay(this, PERIOD_NANOS, PERIOD_NANOS, TimeUnit.NANOSECONDS));
    });
  }

  @Override
  public void run() {
    long now = clock.nanos();
    lateness.late(now - dueNanos);
    dueNanos = now + PERIOD_NANOS;
  }

  /** From any thread. */
  void stop() {
    if (!loop.isShuttingDown()) {
      loop.execute(() -> beat.ifPresent(future -> future.cancel(false)));
    }
  }

  /** For any thread. */
  Lateness lateness() {
    return lateness;
  }
}
