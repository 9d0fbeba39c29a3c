package dev.attain.results;

import dev.attain.measurement.Verdict;
import java.util.Optional;

/**
 * A point's line in the manifest.
 *
 * @param path of the point's folder, relative to the bundle, with {@code /} as separator
 * @param verdict present once the point is {@link PointState#FINISHED}
 * @param scheduleHash empty until the point has started
 */
public record PointEntry(String deployment, String point, String path, Optional<Verdict> verdict, PointState state,
    double rate, int repeat, long seed, String scheduleHash) {

  PointEntry started(String hash) {
    return new PointEntry(deployment, point, path, Optional.empty(), PointState.RUNNING, rate, repeat, seed, hash);
  }

  PointEntry finished(Verdict judged) {
    return new PointEntry(deployment, point, path, Optional.of(judged), PointState.FINISHED, rate, repeat, seed,
        scheduleHash);
  }
}
