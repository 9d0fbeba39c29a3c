package dev.attain.client;

import java.util.OptionalInt;

/**
 * How many idle connections to each instance are kept ready ahead of the arrivals, so that these need not open theirs: an
 * arrival takes one, and another is opened behind it. Opened when a run starts, which is before its first arrival is due;
 * renewed as they grow old.
 *
 * @param connections for each load node and instance; empty: as many as the densest {@value #WINDOW_MILLIS} ms of the
 *        share bring arrivals (or, in a closed loop, users), twice over, within {@value #FEWEST} to {@value #MOST} for each event loop
 */
public record ConnectionsAhead(OptionalInt connections) {
  static final int WINDOW_MILLIS = 20;
  static final int FEWEST = 2;
  static final int MOST = 256;
  private static final long WINDOW_NANOS = WINDOW_MILLIS * 1_000_000L;

  /** As many as the schedule lets expect. */
  public static final ConnectionsAhead AUTO = new ConnectionsAhead(OptionalInt.empty());
  /** Every connection is opened for the request that needs it. */
  public static final ConnectionsAhead NONE = new ConnectionsAhead(OptionalInt.of(0));

  /** Refuses a negative number with {@link IllegalArgumentException}. */
  public ConnectionsAhead {
    if (connections.orElse(0) < 0) {
      throw new IllegalArgumentException("connections ahead must not be negative, not " + connections.getAsInt());
    }
  }

  /** The part of one of {@code loops} event loops; {@code dueNanos} ascend. */
  int forEachLoop(long[] dueNanos, int loops) {
    return connections.isPresent()
        ? Math.ceilDiv(connections.getAsInt(), loops)
        : Math.clamp(Math.ceilDiv(2L * densest(dueNanos), loops), FEWEST, MOST);
  }

  private static int densest(long[] ascendingNanos) {
    int most = 0;
    int from = 0;
    for (int at = 0; at < ascendingNanos.length; at++) {
      while (ascendingNanos[at] - ascendingNanos[from] >= WINDOW_NANOS) {
        from++;
      }
      most = Math.max(most, at - from + 1);
    }
    return most;
  }
}
