package dev.attain.schedule;

import dev.attain.schedule.ArrivalProcess.Trace;
import dev.attain.schedule.Extent.Requests;
import dev.attain.schedule.Extent.Time;
import java.time.Duration;
import java.util.Arrays;

/**
 * All intended arrivals of a point: when each request is due, in nanoseconds from the start of the point.
 *
 * <p>A pure function of (process, profile, seed, rate, extent). Immutable and safe for any thread. Takes eight bytes for each
 * arrival.
 */
public final class ArrivalSchedule {
  /** More than anyone sends in a point, and 400 MB already. */
  static final int MOST_ARRIVALS = 50_000_000;

  private static final double NANOS_PER_SECOND = 1e9;
  /** About 285 years; a little less than a long can count. */
  private static final double LATEST_NANOS = 9e18;

  /** What a schedule is a pure function of. */
  record Recipe(ArrivalProcess process, RateProfile profile, long seed, double requestsPerSecond, Extent extent) {}

  private final Recipe recipe;
  private final long[] intendedNanos;
  private final String hash;

  private ArrivalSchedule(Recipe recipe, long[] intendedNanos) {
    this.recipe = recipe;
    this.intendedNanos = intendedNanos;
    hash = ScheduleHash.of(intendedNanos);
  }

  /**
   * Plans a point: offsets at one request per unit of time, divided by the rate and rounded to nanoseconds. The same
   * seed therefore gives the same arrivals at every rate, stretched, and a longer extent only adds arrivals at the
   * end.
   *
   * @param seed decides the gaps of random processes; the others ignore it
   * @param requestsPerSecond mean rate, more than zero and finite
   * @throws IllegalArgumentException if the rate is out of range, or the extent holds more than 50 million arrivals;
   *     the
   *     message is a sentence for the user
   */
  public static ArrivalSchedule plan(ArrivalProcess process, long seed, double requestsPerSecond, Extent extent) {
    return plan(process, new RateProfile.Flat(), seed, requestsPerSecond, extent);
  }

  /**
   * As {@link #plan(ArrivalProcess, long, double, Extent)}, the arrivals being moved in time to where the rate is
   * {@code requestsPerSecond} times the profile's factor. Times in the profile are true times at every rate.
   */
  public static ArrivalSchedule plan(ArrivalProcess process, RateProfile profile, long seed, double requestsPerSecond,
      Extent extent) {
    if (!(requestsPerSecond > 0 && requestsPerSecond <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "the request rate must be a finite number above 0 requests per second, but is " + requestsPerSecond);
    }
    UnitGaps gaps = UnitGaps.of(process, seed);
    int available = process instanceof Trace trace ? trace.size() : MOST_ARRIVALS;
    Pace pace = new Pace(requestsPerSecond, CumulativeRate.of(profile));
    return new ArrivalSchedule(new Recipe(process, profile, seed, requestsPerSecond, extent), switch (extent) {
      case Requests(int count) -> first(Math.min(count, available), gaps, pace);
      case Time time -> before(time, available, gaps, pace);
    });
  }

  /** Turns time at a unit rate into time of the point. */
  private record Pace(double rate, CumulativeRate profile) {
    long scaled(double unitOffset) {
      double nanos = profile.inverse(unitOffset / rate) * NANOS_PER_SECOND;
      if (nanos > LATEST_NANOS) {
        throw new IllegalArgumentException(
            "a rate of " + rate + " requests per second is too low: the last request would be due after centuries");
      }
      return Math.round(nanos);
    }

    double expected(long endNanos) {
      return rate * profile.at(endNanos / NANOS_PER_SECOND);
    }
  }

  private static long[] first(int count, UnitGaps gaps, Pace pace) {
    long[] nanos = new long[count];
    double unitOffset = 0;
    for (int index = 0; index < count; index++) {
      unitOffset += gaps.gap(index);
      nanos[index] = pace.scaled(unitOffset);
    }
    return nanos;
  }

  private static long[] before(Time time, int available, UnitGaps gaps, Pace pace) {
    long endNanos = time.duration().toNanos();
    double expected = pace.expected(endNanos);
    if (available == MOST_ARRIVALS && expected > MOST_ARRIVALS) {
      throw tooMany(pace.rate(), time);
    }
    long[] nanos = new long[(int) Math.min(available, 1000 + expected * 1.01)];
    double unitOffset = 0;
    for (int index = 0; index < available; index++) {
      unitOffset += gaps.gap(index);
      long intended = pace.scaled(unitOffset);
      if (intended >= endNanos) {
        return Arrays.copyOf(nanos, index);
      }
      if (index == nanos.length) {
        nanos = Arrays.copyOf(nanos, Math.min(available, index + index / 2 + 1));
      }
      nanos[index] = intended;
    }
    if (available == MOST_ARRIVALS) {
      throw tooMany(pace.rate(), time);
    }
    return nanos;
  }

  private static IllegalArgumentException tooMany(double rate, Time time) {
    return new IllegalArgumentException(rate + " requests per second for " + time.duration().toSeconds()
        + " s are more than the " + MOST_ARRIVALS
        + " requests a point may have; choose a lower rate or a shorter time");
  }

  /**
   * Number of arrivals; may be less than asked for when a trace is shorter, and zero when a duration ends before the
   * first arrival.
   */
  public int size() {
    return intendedNanos.length;
  }

  /** When request {@code index} (from 0, in order of time) is due, in nanoseconds from the start of the point. */
  public long intendedNanos(int index) {
    return intendedNanos[index];
  }

  /**
   * Arrivals around these, which keep the load up while the first and the last of these are served.
   *
   * @param leadIn how long before the start of the point they begin; not negative
   * @param leadOut how long they go on after the point's time or, of a number of requests, after its last arrival; not
   *     negative. A trace goes on as long as it has arrivals
   * @throws IllegalArgumentException if there are more than 50 million; the message is a sentence for the user
   */
  public Flanks flanks(Duration leadIn, Duration leadOut) {
    return Flanks.of(recipe, this, leadIn, leadOut);
  }

  /**
   * {@code sha256:<hex>} over the size and every intended time, each as eight bytes, most significant first. Nodes
   * whose hashes are equal will send at the same instants.
   */
  public String hash() {
    return hash;
  }
}
