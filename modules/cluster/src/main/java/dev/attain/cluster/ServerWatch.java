package dev.attain.cluster;

import dev.attain.measurement.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * How the engines of a deployment are looked at while a point is measured.
 *
 * @param interval zero: not at all
 */
record ServerWatch(Duration interval, List<WatchedInstance> instances,
    Function<WatchedInstance, PageReader> readers) {
  static final ServerWatch OFF = new ServerWatch(Duration.ZERO, List.of(), instance -> {
    throw new IllegalStateException("nobody looks at " + instance.id());
  });

  boolean off() {
    return interval.isZero();
  }

  /** Opens a reader for each instance. */
  ServerSampler.Setup from(NanoClock clock, long originNanos) {
    return new ServerSampler.Setup(interval, instances, instances.stream().map(readers).toList(), clock, originNanos);
  }
}
