package dev.attain.sockets;

import dev.attain.measurement.NanoClock;
import java.util.function.LongSupplier;

/**
 * Makes instants of the loop's monotonic clock from the kernel's stamps, which are wall-clock time. The distance of the
 * two clocks is read anew at each poll, because wall-clock time is adjusted while a measurement runs. A stamp is never
 * taken to lie before the last poll that found nothing more, nor in the future: so even a clock that is set cannot
 * shift a latency by more than the time between two polls. Confined to its loop.
 */
final class ArrivalClock {
  private static final long CLOSE_ENOUGH_NANOS = 2_000;
  private static final int TRIES = 3;

  private final NanoClock clock;
  private final LongSupplier wallClock;
  private long distance;
  private long earliest = Long.MIN_VALUE;
  private long polled;

  /** @param wallClock nanoseconds since 1970, as the kernel's stamps */
  ArrivalClock(NanoClock clock, LongSupplier wallClock) {
    this.clock = clock;
    this.wallClock = wallClock;
  }

  /**
   * Reads both clocks.
   *
   * @param drained whether the poll before this one left nothing behind
   */
  void poll(boolean drained) {
    earliest = drained ? polled : earliest;
    long closest = Long.MAX_VALUE;
    for (int attempt = 0; attempt < TRIES && closest > CLOSE_ENOUGH_NANOS; attempt++) {
      long before = clock.nanos();
      long real = wallClock.getAsLong();
      long after = clock.nanos();
      if (after - before < closest) {
        closest = after - before;
        distance = real - before - closest / 2;
        polled = before;
      }
    }
  }

  /** The instant of the latest {@link #poll}. */
  long polledNanos() {
    return polled;
  }

  /** The loop's instant of a kernel's stamp. */
  long instant(long realNanos) {
    long instant = realNanos - distance;
    if (instant > polled) {
      instant = Math.min(instant, clock.nanos());
    }
    return Math.max(instant, earliest);
  }

  long now() {
    return clock.nanos();
  }
}
