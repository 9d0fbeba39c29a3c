package dev.attain.cli;

import dev.attain.measurement.Verdict;
import dev.attain.results.Confidence;
import dev.attain.results.PointSummary;
import dev.attain.search.Segment;
import dev.attain.statistics.Overload;
import java.util.Optional;

/** A point as the search of its deployment sees it. */
record MeasuredSegment(String deployment, Segment segment) {
  private static final int THIRDS = 3;

  /**
   * Of a segment that was overloaded the last third counts where it is worse than the whole: how long the good beginning was is
   * a matter of the segment's length and not of the load.
   */
  static MeasuredSegment of(PointSummary point) {
    Optional<Overload> overload = point.confidence().filter(Confidence::overloaded).flatMap(Confidence::overload);
    double share = point.attainment().both();
    double independent = point.sampleSize().independent();
    if (overload.isPresent() && overload.get().metLast() < share) {
      share = overload.get().metLast();
      independent /= THIRDS;
    }
    Optional<String> invalid = point.verdict() == Verdict.INVALID
        ? Optional.of(point.reasons().stream().findFirst().orElse("it is INVALID"))
        : Optional.empty();
    return new MeasuredSegment(point.deployment(), new Segment(point.level(), point.repeat(), share, point.planned(),
        independent, overload.isPresent(), invalid, point.durationSeconds()));
  }
}
