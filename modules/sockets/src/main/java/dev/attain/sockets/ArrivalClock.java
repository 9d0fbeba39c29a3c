package dev.attain.sockets;

import dev.attain.measurement.NanoClock;
import java.util.function.LongSupplier;

/**
 * Makes instants of the loop's monotonic clock from the kernel's stamps, which are wall-clock time, for one set of
 * sockets. The distance of the two clocks is read anew whenever there is something to read, because wall-clock time is
 * adjusted while a measurement runs. A stamp is never taken to lie before the last look at the set that left nothing
 * behind, nor in the future: so even a clock that is set cannot shift a latency by more than the time between two looks.
 * Before the first look it is the clock's own making that nothing lies before, so it is made before its sockets are.
 * Confined to its loop.
 */
final class ArrivalClock {
  private static final long CLOSE_ENOUGH_NANOS = 2_000;
  private static final int TRIES = 3;

  private final NanoClock clock;
  private final LongSupplier wallClock;
  private long distance;
  private long earliest;
  private long looked;
  private long read;

  /** @param wallClock nanoseconds since 1970, as the kernel's stamps */
  ArrivalClock(NanoClock clock, LongSupplier wallClock) {
    this.clock = clock;
    this.wallClock = wallClock;
    this.looked = clock.nanos();
    this.earliest = looked;
  }

  /**
   * The set is about to be looked at.
   *
   * @param drained whether the look before this one left nothing behind
   */
  void look(boolean drained) {
    earliest = drained ? looked : earliest;
    looked = clock.nanos();
  }

  /** Something was found: reads both clocks. */
  void compare() {
    long closest = Long.MAX_VALUE;
    for (int attempt = 0; attempt < TRIES && closest > CLOSE_ENOUGH_NANOS; attempt++) {
      long before = clock.nanos();
      long real = wallClock.getAsLong();
      long after = clock.nanos();
      if (after - before < closest) {
        closest = after - before;
        distance = real - before - closest / 2;
        read = before;
      }
    }
  }

  /** The instant of the latest look. */
  long lookedNanos() {
    return looked;
  }

  /** The loop's instant of a kernel's stamp. */
  long instant(long realNanos) {
    long instant = realNanos - distance;
    if (instant > read) {
      instant = Math.min(instant, clock.nanos());
    }
    return Math.max(instant, earliest);
  }

  long now() {
    return clock.nanos();
  }
}
