package dev.attain.experiment;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How {@code attain find-rate} looks for the highest load of each deployment, validated.
 *
 * @param by what loads are
 * @param start the load that is measured first: requests per second, or a whole number of users
 * @param lowest above 0 and not above {@code start}; for users at least 1
 * @param highest not below {@code start}
 * @param resolution relative distance of neighbouring loads at which the search ends, above 0
 * @param requests of one segment of a probe
 * @param segments of one probe at most, at least 1
 * @param mostRequests of each deployment's search, empty for no limit
 * @param mostTime likewise
 */
public record LoadSearch(By by, double start, double lowest, double highest, double resolution, int requests,
    int segments, OptionalInt mostRequests, Optional<Duration> mostTime) {

  /** What a load is. */
  public enum By {
    /** Requests per second, whatever becomes of those before. */
    RATE,
    /** Users who each wait for their answer before they ask again. */
    CONCURRENCY
  }

  /** As the load of a point. */
  public Load load(double level) {
    return switch (by) {
      case RATE -> new Load.Rate(level);
      case CONCURRENCY -> new Load.Concurrency((int) level);
    };
  }
}
