package dev.attain.schedule;

import dev.attain.schedule.ArrivalProcess.Trace;
import dev.attain.schedule.Extent.Requests;
import dev.attain.schedule.Extent.Time;
import java.time.Duration;
import java.util.Arrays;

/**
 * Arrivals around those of a point, which keep its load up while the first and the last of them are served. They are the
 * same process: those after the last continue its gaps, those before the first have gaps of their own. Immutable and safe
 * for any thread.
 */
public final class Flanks {
  private static final double NANOS_PER_SECOND = 1e9;
  /** Gaps before the first arrival must not be those after it in reverse. */
  private static final long OTHER_GAPS = 0x5DEECE66DL;

  private final long[] before;
  private final long[] after;

  private Flanks(long[] before, long[] after) {
    this.before = before;
    this.after = after;
  }

  /**
   * Plans them. Before the start of the point the rate is that of its first instant; a trace begins with its end.
   *
   * @param schedule of the point, planned from the same process, profile, seed, rate and extent
   * @param leadIn how long before the start of the point they begin; not negative
   * @param leadOut how long they go on after the point's time or, of a number of requests, after its last arrival; not
   *     negative. A trace goes on as long as it has arrivals
   * @throws IllegalArgumentException if there are more than 50 million; the message is a sentence for the user
   */
  public static Flanks plan(ArrivalProcess process, RateProfile profile, long seed, double requestsPerSecond,
      Extent extent, ArrivalSchedule schedule, Duration leadIn, Duration leadOut) {
    return new Flanks(before(process, profile, seed, requestsPerSecond, leadIn),
        after(process, profile, seed, requestsPerSecond, extent, schedule, leadOut));
  }

  /** A point on its own. */
  public static Flanks none() {
    return new Flanks(new long[0], new long[0]);
  }

  private static long[] before(ArrivalProcess process, RateProfile profile, long seed, double rate, Duration leadIn) {
    double first = rate * profile.flatSeconds(1 / NANOS_PER_SECOND) * NANOS_PER_SECOND;
    double seconds = leadIn.toNanos() / NANOS_PER_SECOND;
    if (seconds == 0 || first == 0) {
      return new long[0];
    }
    if (first * seconds > ArrivalSchedule.MOST_ARRIVALS) {
      throw new IllegalArgumentException(rate + " requests per second for a lead-in of " + leadIn.toSeconds()
          + " s are more than the " + ArrivalSchedule.MOST_ARRIVALS + " requests a point may have; shorten it");
    }
    UnitGaps gaps = UnitGaps.of(process, seed ^ OTHER_GAPS);
    int available = process instanceof Trace trace ? trace.size() : ArrivalSchedule.MOST_ARRIVALS;
    long[] backwards = new long[(int) Math.min(available, 1000 + first * seconds * 1.01)];
    int count = 0;
    // The start of the point stands for an arrival, as it does for the gap to the first one.
    double unitOffset = 0;
    for (; count < available; count++) {
      // Of a trace the last gap comes last.
      unitOffset += process instanceof Trace ? gaps.gap(available - 1 - count) : gaps.gap(count + 1);
      double offset = unitOffset / first;
      if (!(offset <= seconds)) {
        break;
      }
      if (count == backwards.length) {
        backwards = Arrays.copyOf(backwards, Math.min(available, count + count / 2 + 1));
      }
      backwards[count] = -Math.round(offset * NANOS_PER_SECOND);
    }
    return ascending(backwards, count);
  }

  private static long[] ascending(long[] backwards, int count) {
    long[] nanos = new long[count];
    for (int index = 0; index < count; index++) {
      nanos[index] = backwards[count - 1 - index];
    }
    return nanos;
  }

  private static long[] after(ArrivalProcess process, RateProfile profile, long seed, double rate, Extent extent,
      ArrivalSchedule schedule, Duration leadOut) {
    if (leadOut.isZero()) {
      return new long[0];
    }
    Duration end = switch (extent) {
      case Time(Duration duration) -> duration;
      case Requests ignored -> Duration.ofNanos(schedule.size() == 0
          ? 0
          : schedule.intendedNanos(schedule.size() - 1));
    };
    ArrivalSchedule longer = ArrivalSchedule.plan(process, profile, seed, rate, new Time(end.plus(leadOut)));
    long[] nanos = new long[Math.max(0, longer.size() - schedule.size())];
    for (int index = 0; index < nanos.length; index++) {
      nanos[index] = longer.intendedNanos(schedule.size() + index);
    }
    return nanos;
  }

  /** When those before the point are due: nanoseconds from its start, not positive, ascending. */
  public long[] before() {
    return before.clone();
  }

  /** When those after the point's own are due: nanoseconds from its start, ascending. */
  public long[] after() {
    return after.clone();
  }

  /**
   * The fingerprint of the point together with them; that of the schedule alone when there are none. Nodes whose hashes
   * are equal will send at the same instants.
   */
  public String hash(ArrivalSchedule schedule) {
    if (before.length == 0 && after.length == 0) {
      return schedule.hash();
    }
    long[] all = new long[before.length + schedule.size() + after.length];
    System.arraycopy(before, 0, all, 0, before.length);
    for (int index = 0; index < schedule.size(); index++) {
      all[before.length + index] = schedule.intendedNanos(index);
    }
    System.arraycopy(after, 0, all, before.length + schedule.size(), after.length);
    return ScheduleHash.of(all);
  }
}
