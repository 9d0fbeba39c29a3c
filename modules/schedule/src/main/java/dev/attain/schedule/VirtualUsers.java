package dev.attain.schedule;

import java.time.Duration;

/**
 * A closed loop: users who each have one request at a time, think when it has ended, and then send their next one.
 * When that is, the server decides; which request it is and how long the user thinks before are pure functions of the
 * plan, whatever the number of load nodes. Request {@code index} is the one of user {@code index mod users}, their
 * {@code index / users}-th, from 0.
 *
 * @param users number of users over all load nodes, at least 1
 * @param startOver the users start evenly spread over this time, zero for all at once
 * @param seed decides random think times
 */
public record VirtualUsers(int users, Duration startOver, ThinkTime thinkTime, long seed) {
  /** No request of any point has this index or a higher one. */
  public static final int MOST_REQUESTS = ArrivalSchedule.MOST_ARRIVALS;

  /** Keeps think times apart from arrivals of the same seed. */
  private static final long THINKING = 0x7468696E6B696E67L;

  /** @throws IllegalArgumentException when there are no users, or the time over which they start is negative */
  public VirtualUsers {
    if (users < 1 || users > MOST_REQUESTS) {
      throw new IllegalArgumentException(
          "the number of users must be from 1 to " + MOST_REQUESTS + ", but is " + users);
    }
    if (startOver.isNegative()) {
      throw new IllegalArgumentException("users cannot start over a time of " + startOver);
    }
  }

  /** When a user, from 0, starts, in nanoseconds from the start of the point. */
  public long startNanos(int user) {
    return Math.round((double) startOver.toNanos() * user / users);
  }

  /** How long the user of this request thinks before it, in nanoseconds; the first request of a user needs no thought. */
  public long thinkNanosBefore(int index) {
    if (index < users) {
      return 0;
    }
    return switch (thinkTime) {
      case ThinkTime.None none -> 0;
      case ThinkTime.Constant constant -> constant.length().toNanos();
      case ThinkTime.Exponential exponential -> Math.round(-StrictMath.log(
          new CounterRandom(seed, THINKING).uniform(index, 0)) * exponential.mean().toNanos());
    };
  }
}
