package dev.attain.experiment;

import dev.attain.schedule.Extent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The load points of every deployment.
 *
 * @param loop the loads, and who sets their pace
 * @param repeats how often each load is measured, with another seed each time; at least 1
 * @param extent how long one point lasts, in time or in requests
 */
public record LoadPlan(Loop loop, int repeats, Extent extent) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Requests per second in the order they are measured; empty for a closed loop. */
  public List<Double> rates() {
    return loop instanceof Loop.Open open ? open.rates() : List.of();
  }

  /** Load around what is measured of a point. */
  public Lead lead() {
    return loop.lead();
  }

  /**
   * How long requests are due at this load; of a number of requests, how long they take on average. Empty when only the
   * server decides, as for a number of requests in a closed loop.
   */
  public Optional<Duration> offered(Load load) {
    return switch (extent) {
      case Extent.Time(Duration duration) -> Optional.of(duration);
      case Extent.Requests(int count) -> loop instanceof Loop.Open open && load instanceof Load.Rate rate
          ? Optional.of(Duration.ofNanos(
              Math.round(NANOS_PER_SECOND * open.profile().due(count / rate.perSecond()))))
          : Optional.empty();
    };
  }
}
