package dev.attain.experiment;

import dev.attain.schedule.Extent;
import java.time.Duration;
import java.util.List;

/**
 * The load points of every deployment.
 *
 * @param rates requests per second over all load nodes together, in the order they are measured; each positive and
 *     there once
 * @param repeats how often each rate is measured, with another seed each time; at least 1
 * @param extent how long one point lasts, in time or in requests
 */
public record LoadPlan(List<Double> rates, int repeats, Extent extent) {
  public LoadPlan {
    rates = List.copyOf(rates);
  }

  /** How long requests are due at this rate (per second); of a number of requests, how long they take on average. */
  public Duration offered(double rate) {
    return switch (extent) {
      case Extent.Time(Duration duration) -> duration;
      case Extent.Requests(int count) -> Duration.ofNanos(Math.round(1e9 * count / rate));
    };
  }
}
