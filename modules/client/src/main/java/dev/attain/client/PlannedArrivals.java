package dev.attain.client;

/**
 * One node's share of a point's schedule.
 *
 * @param indices indices of the requests within the point's schedule
 * @param intendedNanos when each is due, from the start of the point, ascending; as long as {@code indices}
 */
public record PlannedArrivals(int[] indices, long[] intendedNanos) {
  /** Copies both arrays; {@link IllegalArgumentException} when they do not belong together or are not ascending. */
  public PlannedArrivals {
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

  /** Number of requests in the share. */
  public int size() {
    return indices.length;
  }
}
