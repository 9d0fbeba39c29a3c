package dev.attain.results;

import dev.attain.measurement.Verdict;
import java.util.Optional;

/**
 * A point's line in the manifest.
 *
 * @param path of the point's folder, relative to the bundle, with {@code /} as separator
 * @param verdict present once the point is {@link PointState#FINISHED}
 * @param rate requests per second; empty for a closed loop
 * @param concurrency users; empty for an open loop
 * @param scheduleHash empty until the point has started, and for a closed loop
 */
public record PointEntry(String deployment, String point, String path, Optional<Verdict> verdict, PointState state,
    LoopKind loop, Optional<Double> rate, Optional<Integer> concurrency, int repeat, long seed, String scheduleHash) {

  /** The rate in requests per second, or the number of users of a closed loop. */
  public double level() {
    return PointSummary.level(rate, concurrency);
  }

  PointEntry started(String hash) {
    return new PointEntry(deployment, point, path, Optional.empty(), PointState.RUNNING, loop, rate, concurrency,
        repeat, seed, hash);
  }

  PointEntry finished(Verdict judged) {
    return new PointEntry(deployment, point, path, Optional.of(judged), PointState.FINISHED, loop, rate, concurrency,
        repeat, seed,
        scheduleHash);
  }
}
