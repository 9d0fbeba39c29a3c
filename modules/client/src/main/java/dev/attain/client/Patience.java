package dev.attain.client;

import java.time.Duration;

/** How long to wait, as numbers for comparing and as words for reasons. */
record Patience(long firstByteNanos, String firstByteText, long totalNanos, String totalText, long connectMillis,
    String connectText) {
  private static final long LONGEST_SWEEP_NANOS = 100_000_000;
  private static final long SHORTEST_SWEEP_NANOS = 2_000_000;
  private static final int SWEEPS_WITHIN_A_WAIT = 16;

  static Patience of(ClientSettings settings) {
    return new Patience(settings.firstByteTimeout().toNanos(), text(settings.firstByteTimeout()),
        settings.totalTimeout().toNanos(), text(settings.totalTimeout()),
        Math.max(1, settings.connectTimeout().toMillis()), text(settings.connectTimeout()));
  }

  /** How often to look for overdue calls: a reason comes at most a tenth of a second late. */
  long sweepNanos() {
    long shortest = Math.min(firstByteNanos, totalNanos);
    return Math.clamp(shortest / SWEEPS_WITHIN_A_WAIT, SHORTEST_SWEEP_NANOS, LONGEST_SWEEP_NANOS);
  }

  /** For example "60 s" or "250 ms". */
  static String text(Duration duration) {
    return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
  }
}
