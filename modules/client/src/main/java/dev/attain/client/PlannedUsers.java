package dev.attain.client;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.IntToLongFunction;

/**
 * One node's share of a closed loop. The requests of user {@code u} are {@code u}, {@code u + users}, {@code u + 2
 * users} and so on.
 *
 * @param users number of users over all load nodes
 * @param numbers this node's users, each below {@code users}, ascending
 * @param startNanos when each of this node's users starts, from the start of the point, ascending; as long as
 *        {@code numbers}
 * @param thinkNanosBefore by the index of a request, how long its user thinks before it; pure
 * @param requests number of requests of the whole point; empty for as many as begin before {@code end}
 * @param end no request begins this long after the start of the point, or later
 * @param pauseAfterFailure how long a user rests at least after a request that did not complete
 */
public record PlannedUsers(int users, int[] numbers, long[] startNanos, IntToLongFunction thinkNanosBefore,
    OptionalInt requests, Duration end, Duration pauseAfterFailure) {
  /** Indices stay well below what an int holds; more records than this fit nowhere anyway. */
  private static final int MOST_REQUESTS = 1_000_000_000;

  /** Copies both arrays; {@link IllegalArgumentException} when they do not belong together or have unknown users. */
  public PlannedUsers {
    if (numbers.length != startNanos.length) {
      throw new IllegalArgumentException("each user needs one start, but there are " + numbers.length + " users and "
          + startNanos.length + " starts");
    }
    for (int at = 0; at < numbers.length; at++) {
      if (numbers[at] < 0 || numbers[at] >= users) {
        throw new IllegalArgumentException("of " + users + " users there is none with the number " + numbers[at]);
      }
      if (at > 0 && startNanos[at] < startNanos[at - 1]) {
        throw new IllegalArgumentException("starts must ascend, but user " + numbers[at] + " starts too early");
      }
    }
    numbers = numbers.clone();
    startNanos = startNanos.clone();
  }

  /** No request has this index or a higher one. */
  int endIndex() {
    return requests.orElse(MOST_REQUESTS);
  }

  /** Whether the point ends by time, and its size is what has begun by then. */
  boolean byTime() {
    return requests.isEmpty();
  }

  /** How many requests of the point are those of this node's users; 0 of a point that ends by time. */
  public int plannedRequests() {
    long planned = 0;
    for (int user : numbers) {
      planned += Math.max(0, Math.ceilDiv(requests.orElse(0) - user, users));
    }
    return Math.toIntExact(planned);
  }
}
