package dev.attain.client;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * One node's share of a point's schedule, with requests around it that keep the load up and are not measured.
 *
 * @param indices indices of the requests within the point's schedule; those that are not measured have others
 * @param intendedNanos when each is due, from the start of the point, ascending; as long as {@code indices}
 * @param firstMeasured the first position of those that are measured; those before it are due before the start
 * @param measured how many are measured
 * @param mostInFlight how many requests may be open at once, at least 1; one that is due beyond them waits, which counts
 *        in its latency; empty for no limit
 */
public record PlannedArrivals(int[] indices, long[] intendedNanos, int firstMeasured, int measured,
    OptionalInt mostInFlight) {
  /**
   * Copies both arrays; {@link IllegalArgumentException} when they do not belong together or are not ascending, or when
   * nothing may ever be in flight; {@link IndexOutOfBoundsException} when more are to be measured than there are.
   */
  public PlannedArrivals {
    Objects.checkFromIndexSize(firstMeasured, measured, indices.length);
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

  /** All of them measured. */
  public PlannedArrivals(int[] indices, long[] intendedNanos, OptionalInt mostInFlight) {
    this(indices, intendedNanos, 0, indices.length, mostInFlight);
  }

  /** All of them measured, without a limit of requests in flight. */
  public PlannedArrivals(int[] indices, long[] intendedNanos) {
    this(indices, intendedNanos, OptionalInt.empty());
  }

  /** Number of requests in the share, measured or not. */
  public int size() {
    return indices.length;
  }

  /** Whether the request at this position is measured. */
  public boolean measured(int position) {
    return position >= firstMeasured && position < firstMeasured + measured;
  }
}
