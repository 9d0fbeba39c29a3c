package dev.attain.schedule;

import dev.attain.schedule.ArrivalProcess.Trace;
import dev.attain.schedule.ArrivalSchedule.Recipe;
import dev.attain.schedule.Extent.Requests;
import dev.attain.schedule.Extent.Time;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

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
  private final ArrivalSchedule schedule;

  private Flanks(long[] before, long[] after, ArrivalSchedule schedule) {
    this.before = before;
    this.after = after;
    this.schedule = schedule;
  }

  /** Before the start of the point the rate is that of its first instant; a trace begins with its end. */
  static Flanks of(Recipe recipe, ArrivalSchedule schedule, Duration leadIn, Duration leadOut) {
    return new Flanks(before(recipe, leadIn), after(recipe, schedule, leadOut), schedule);
  }

  private static long[] before(Recipe recipe, Duration leadIn) {
    ArrivalProcess process = recipe.process();
    double first = recipe.requestsPerSecond() * recipe.profile().flatSeconds(1 / NANOS_PER_SECOND) * NANOS_PER_SECOND;
    double seconds = leadIn.toNanos() / NANOS_PER_SECOND;
    if (seconds == 0 || first == 0) {
      return new long[0];
    }
    if (first * seconds > ArrivalSchedule.MOST_ARRIVALS) {
      throw new IllegalArgumentException(
          recipe.requestsPerSecond() + " requests per second for a lead-in of " + leadIn.toSeconds()
              + " s are more than the " + ArrivalSchedule.MOST_ARRIVALS + " requests a point may have; shorten it");
    }
    UnitGaps gaps = UnitGaps.of(process, recipe.seed() ^ OTHER_GAPS);
    int available = process instanceof Trace trace ? trace.size() - 1 : ArrivalSchedule.MOST_ARRIVALS;
    var backwards = LongStream.builder();
    // The start of the point stands for an arrival, as it does for the gap to the first one.
    double unitOffset = 0;
    for (int count = 0; count < available; count++) {
      // Of a trace the last gap comes last.
      unitOffset += process instanceof Trace ? gaps.gap(available - count) : gaps.gap(count + 1);
      double offset = unitOffset / first;
      if (!(offset <= seconds)) {
        break;
      }
      backwards.add(-Math.round(offset * NANOS_PER_SECOND));
    }
    return backwards.build().sorted().toArray();
  }

  private static long[] after(Recipe recipe, ArrivalSchedule schedule, Duration leadOut) {
    if (leadOut.isZero()) {
      return new long[0];
    }
    Duration end = switch (recipe.extent()) {
      case Time(Duration duration) -> duration;
      case Requests ignored -> Duration.ofNanos(schedule.size() == 0
          ? 0
          : schedule.intendedNanos(schedule.size() - 1));
    };
    ArrivalSchedule longer = ArrivalSchedule.plan(recipe.process(), recipe.profile(), recipe.seed(),
        recipe.requestsPerSecond(), new Time(end.plus(leadOut)));
    return IntStream.range(schedule.size(), longer.size()).mapToLong(longer::intendedNanos).toArray();
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
  public String hash() {
    if (before.length == 0 && after.length == 0) {
      return schedule.hash();
    }
    LongStream measured = IntStream.range(0, schedule.size()).mapToLong(schedule::intendedNanos);
    return ScheduleHash.of(
        Stream.of(LongStream.of(before), measured, LongStream.of(after)).flatMapToLong(each -> each).toArray());
  }
}
