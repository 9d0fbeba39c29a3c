package dev.attain.search;

import java.util.OptionalDouble;

/**
 * What a search is to find.
 *
 * @param scale what loads are
 * @param start the load that is measured first, within the limits
 * @param lowest no load below it is measured; above 0, for users at least 1
 * @param highest no load above it is measured
 * @param resolution relative distance of neighbouring loads at which the search ends, above 0
 * @param requests of one segment
 * @param segments of one probe at most, at least 1
 * @param target share of the planned requests that must meet the objectives, above 0 and at most 1
 */
public record Question(Scale scale, double start, double lowest, double highest, double resolution, long requests,
    int segments, double target) {

  /** @throws IllegalArgumentException when a component is outside of what its line says */
  public Question {
    if (!(0 < lowest && lowest <= start && start <= highest && highest < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("no search from " + start + " between " + lowest + " and " + highest);
    }
    if (!(resolution > 0) || requests < 1 || segments < 1 || !(target > 0 && target <= 1)) {
      throw new IllegalArgumentException("no search to " + resolution + " with " + segments + " segments of " + requests
          + " requests for " + target);
    }
    start = scale.near(start);
    lowest = scale.near(lowest);
    highest = scale.near(highest);
  }

  /** The load to measure when this much is known; empty when nothing more is to be known. */
  OptionalDouble after(Bracket bracket) {
    if (bracket.holds().isEmpty() && bracket.misses().isEmpty()) {
      return OptionalDouble.of(start);
    }
    if (bracket.misses().isEmpty()) {
      double holds = bracket.holds().getAsDouble();
      return holds >= highest ? OptionalDouble.empty() : OptionalDouble.of(up(holds));
    }
    double misses = bracket.misses().getAsDouble();
    if (bracket.holds().isEmpty()) {
      return misses <= lowest ? OptionalDouble.empty() : OptionalDouble.of(down(misses));
    }
    double holds = bracket.holds().getAsDouble();
    return scale.closer(holds, misses, resolution)
        ? OptionalDouble.empty()
        : OptionalDouble.of(scale.middle(holds, misses));
  }

  double up(double load) {
    return Math.min(highest, scale.near(2 * load));
  }

  double down(double load) {
    return Math.max(lowest, scale.near(load / 2));
  }
}
