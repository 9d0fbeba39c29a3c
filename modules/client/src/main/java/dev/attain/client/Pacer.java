package dev.attain.client;

import dev.attain.measurement.NanoClock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for absolute instants. Never relative sleeps, so that lateness does not add up: after a pause everything that
 * has become due leaves at once.
 */
final class Pacer {
  /** Long enough to hide the wake-up, short enough to leave the core to others at a few hundred requests a second. */
  private static final long SPIN_NANOS = 100_000;

  /** Whoever stops a wait need not wake it. */
  private static final long LONGEST_PARK_NANOS = 20_000_000;

  private final NanoClock clock;
  private final BooleanSupplier stopped;

  /** @param stopped ends every wait soon */
  Pacer(NanoClock clock, BooleanSupplier stopped) {
    this.clock = clock;
    this.stopped = stopped;
  }

  /**
   * Returns at {@code instantNanos}, or earlier when stopped: true when the instant has come. Parks until shortly before
   * and then spins, because a parked thread wakes 50 to 100 us late.
   */
  boolean await(long instantNanos) {
    return await(instantNanos, SPIN_NANOS);
  }

  /** The same without spinning, for when a little late is early enough. */
  boolean awaitParked(long instantNanos) {
    return await(instantNanos, 0);
  }

  private boolean await(long instantNanos, long spinNanos) {
    long left = instantNanos - clock.nanos();
    while (left > 0) {
      if (stopped.getAsBoolean()) {
        return false;
      }
      if (left > spinNanos) {
        LockSupport.parkNanos(this, Math.min(left - spinNanos, LONGEST_PARK_NANOS));
      } else {
        Thread.onSpinWait();
      }
      left = instantNanos - clock.nanos();
    }
    return !stopped.getAsBoolean();
  }
}
