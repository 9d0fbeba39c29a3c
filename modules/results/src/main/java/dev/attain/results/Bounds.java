package dev.attain.results;

import dev.attain.statistics.PercentileInterval;
import java.util.Optional;

/**
 * The 95 % interval of a percentile, in seconds.
 *
 * @param low empty when too few requests completed to say
 * @param high empty likewise: the true percentile may lie above everything measured
 */
public record Bounds(Optional<Double> low, Optional<Double> high) {
  static Bounds of(PercentileInterval interval) {
    return new Bounds(interval.low().stream().boxed().findFirst(), interval.high().stream().boxed().findFirst());
  }
}
