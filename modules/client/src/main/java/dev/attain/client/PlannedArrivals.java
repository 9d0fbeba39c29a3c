package dev.attain.client;

import java.util.OptionalInt;

/**
 * One node's share of a point's schedule.
 *
 * @param indices indices of the requests within the point's schedule
 * @param intendedNanos when each is due, from the start of the point, ascending; as long as {@code indices}
 * @param mostInFlight how many requests may be open at once, at least 1; one that is due beyond them waits, which counts
 *        in its latency; empty for no limit
 */
public record PlannedArrivals(int[] indices, long[] intendedNanos, OptionalInt mostInFlight) {
  /**
   * Copies both arrays; {@link IllegalArgumentException} when they do not belong together or are not ascending, or when
   * nothing may ever be in flight.
   */
  public PlannedArrivals {
    if (mostInFlight.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "at least one request must be allowed in flight, not " + mostInFlight.getAsInt());
    }
    if (indices.length != intendedNanos.length) {
      throw new IllegalArgumentException(
          "each request needs one intended time, but there are " + indices.length + " indices and "
              + intendedNanos.length
              + " times");
    }
    for (int position = 1; position < intendedNanos.length; position++) {
      if (intendedNanos[position] < intendedNanos[position - 1]) {
        throw new IllegalArgumentException("intended times must ascend, but the one of request " + indices[position]
            + " is earlier than the one before it");
      }
    }
    indices = indices.clone();
    intendedNanos = intendedNanos.clone();
  }

  /** Without a limit of requests in flight. */
  public PlannedArrivals(int[] indices, long[] intendedNanos) {
    this(indices, intendedNanos, OptionalInt.empty());
  }

  /** Number of requests in the share. */
  public int size() {
    return indices.length;
  }
}
