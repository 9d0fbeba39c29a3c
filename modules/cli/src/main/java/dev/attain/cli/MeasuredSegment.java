package dev.attain.cli;

import dev.attain.measurement.Verdict;
import dev.attain.results.Confidence;
import dev.attain.results.PointSummary;
import dev.attain.search.Segment;
import dev.attain.statistics.Overload;
import java.time.Duration;
import java.util.Optional;

/** A point as the search of its deployment sees it. */
record MeasuredSegment(String deployment, Segment segment) {
  private static final int THIRDS = 3;
  private static final double MILLIS_PER_SECOND = 1e3;

  /** @param leadIn what the load took before the point was measured */
  static MeasuredSegment of(PointSummary point, Duration leadIn) {
    Optional<String> invalid = point.verdict() == Verdict.INVALID
        ? Optional.of(point.reasons().stream().findFirst().orElse("it is INVALID"))
        : Optional.empty();
    return new MeasuredSegment(point.deployment(), counting(point.level(), point.repeat(), point.attainment().both(),
        point.planned(), point.sampleSize().independent(),
        point.confidence().filter(Confidence::overloaded).flatMap(Confidence::overload), invalid,
        point.durationSeconds() + leadIn.toMillis() / MILLIS_PER_SECOND));
  }

  /**
   * Of a segment that was overloaded the last third counts where it is worse than the whole: how long the good beginning was is
   * a matter of the segment's length and not of the load.
   *
   * @param overload present when it was
   */
  static Segment counting(double load, int repeat, double share, long requests, double independent,
      Optional<Overload> overload, Optional<String> invalid, double seconds) {
    boolean worseAtLast = overload.isPresent() && overload.get().metLast() < share;
    return new Segment(load, repeat, worseAtLast ? overload.get().metLast() : share, requests,
        worseAtLast ? independent / THIRDS : independent, overload.isPresent(), invalid, seconds);
  }
}
