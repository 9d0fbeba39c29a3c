package dev.attain.schedule;

import java.time.Duration;
import java.util.List;

/**
 * How the request rate changes within a point: factors on the point's rate over the time since its start. The arrivals
 * of the flat schedule are moved in time, none is drawn anew, so that all rates and profiles of a seed see the same
 * ones: request i, due after {@code u} units at a unit rate, is due when the integral of the factor reaches {@code u /
 * rate} (inversion of the cumulative intensity; Çinlar, "Introduction to Stochastic Processes", 1975). Poisson arrivals
 * stay Poisson, of a rate that changes.
 */
public sealed interface RateProfile {
  /** The rate does not change. */
  record Flat() implements RateProfile {}

  /**
   * The factor goes from {@code from} to {@code to} in a straight line for {@code over} and stays there.
   *
   * @param from 0 to 1000
   * @param to above 0, to 1000
   * @param over longer than zero
   */
  record Ramp(double from, double to, Duration over) implements RateProfile {
    public Ramp {
      requireFactor("the factor that a ramp starts from", from);
      requireFactor("the factor that a ramp ends at", to);
      requirePositive("a ramp must last", over);
      if (to == 0) {
        throw new IllegalArgumentException("a ramp must end above 0, otherwise no request is due after it");
      }
    }
  }

  /**
   * Factor 1, and in the middle of each period a burst. In the middle, so that every burst has as much ordinary load
   * before it as after it.
   *
   * @param factor during a burst, 0 (a pause) to 1000
   * @param every length of a period, longer than a burst
   * @param lasting length of a burst
   */
  record Burst(double factor, Duration every, Duration lasting) implements RateProfile {
    public Burst {
      requireFactor("the factor of a burst", factor);
      requirePositive("a burst must last", lasting);
      if (every.compareTo(lasting) <= 0) {
        throw new IllegalArgumentException(
            "bursts must come less often than they last, but one of " + text(lasting) + " comes every " + text(every));
      }
    }
  }

  /**
   * One factor after the other; the last one stays.
   *
   * @param steps at least one, the last of them above 0
   */
  record Steps(List<Step> steps) implements RateProfile {
    public Steps {
      steps = List.copyOf(steps);
      if (steps.isEmpty() || steps.getLast().factor() == 0) {
        throw new IllegalArgumentException(
            "the last step must have a factor above 0, otherwise no request is due after it");
      }
    }
  }

  /**
   * @param factor 0 (a pause) to 1000
   * @param lasting longer than zero
   */
  record Step(double factor, Duration lasting) {
    public Step {
      requireFactor("the factor of a step", factor);
      requirePositive("a step must last", lasting);
    }
  }

  /**
   * When a request is due that a flat profile would have due after {@code flatSeconds}; ascending. Where no request is
   * due for a while, it is due at the end of that while.
   */
  default double due(double flatSeconds) {
    return CumulativeRate.of(this).inverse(flatSeconds);
  }

  /** The integral of the factor over the first {@code seconds}: how long a flat profile needs for as many requests. */
  default double flatSeconds(double seconds) {
    return CumulativeRate.of(this).at(seconds);
  }

  private static void requireFactor(String what, double factor) {
    if (!(factor >= 0 && factor <= 1000)) {
      throw new IllegalArgumentException(what + " must be from 0 to 1000, but is " + factor);
    }
  }

  private static void requirePositive(String what, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(what + " longer than zero, but not " + text(duration));
    }
  }

  private static String text(Duration duration) {
    return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
  }
}
