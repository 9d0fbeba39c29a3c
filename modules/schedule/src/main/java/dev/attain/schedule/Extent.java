package dev.attain.schedule;

import java.time.Duration;
import java.util.Objects;

/** What ends a schedule: a number of requests or a length of time. */
public sealed interface Extent {

  /** The first {@code count} arrivals, however long they take. */
  record Requests(int count) implements Extent {
    public Requests {
      if (count < 1) {
        throw new IllegalArgumentException("the number of requests must be at least 1, but is " + count);
      }
      if (count > ArrivalSchedule.MOST_ARRIVALS) {
        throw new IllegalArgumentException(
            "the number of requests must be at most " + ArrivalSchedule.MOST_ARRIVALS + ", but is " + count);
      }
    }
  }

  /** Every arrival before {@code duration}, counted from the start of the point; one exactly at its end is left out. */
  record Time(Duration duration) implements Extent {
    private static final Duration LONGEST = Duration.ofDays(366);

    public Time {
      Objects.requireNonNull(duration, "duration");
      if (!duration.isPositive()) {
        throw new IllegalArgumentException("the duration must be longer than zero, but is " + duration);
      }
      if (duration.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("the duration must be at most 366 days, but is " + duration);
      }
    }
  }
}
