package dev.attain.client;

import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/**
 * How late something was that is due again and again: to two digits, 1 us to 1 h. One thread writes, any may read;
 * neither locks nor allocates.
 */
final class Lateness {
  private static final long NANOS_PER_MICROSECOND = 1000;
  private static final long HIGHEST_MICROS = 3_600_000_000L;
  private static final int DIGITS = 2;

  private final Histogram micros = new AtomicHistogram(HIGHEST_MICROS, DIGITS);
  private final long periodMicros;

  /** @param periodNanos from one time to the next; what is later than this has kept others from happening */
  Lateness(long periodNanos) {
    this.periodMicros = periodNanos / NANOS_PER_MICROSECOND;
  }

  /** Less than zero counts as in time. */
  void late(long nanos) {
    long late = Math.clamp(nanos / NANOS_PER_MICROSECOND, 0, HIGHEST_MICROS);
    micros.recordValueWithExpectedInterval(late, periodMicros);
  }

  /** 0 before anything was due. */
  long p99Nanos() {
    return micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(99) * NANOS_PER_MICROSECOND;
  }

  /** 0 before anything was due. */
  long maxNanos() {
    return micros.getTotalCount() == 0 ? 0 : micros.getMaxValue() * NANOS_PER_MICROSECOND;
  }
}
