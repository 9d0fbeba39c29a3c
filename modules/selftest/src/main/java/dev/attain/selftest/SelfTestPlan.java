package dev.attain.selftest;

import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What a self-test tries.
 *
 * @param eventLoops of the client, as {@code requests.event-loops} of an experiment; at least 1
 * @param eachLoad how long requests become due at each load of streams; up to twice as long
 *        where that would be few, and half as long at each of short requests
 * @param upToEventsPerSecond no more than so many events or short requests a second are asked for; at least 1000
 * @param mostStreams no more than so many streams are opened at once; at least 1
 */
public record SelfTestPlan(int eventLoops, Duration eachLoad, int upToEventsPerSecond, int mostStreams) {
  /** What streams are like: an engine under moderate load. */
  static final Truth STREAMS = new Truth(Duration.ofMillis(50), Duration.ofMillis(10), 1);
  /** What short requests get: an answer at once. */
  static final Truth AT_ONCE = new Truth(Duration.ZERO, Duration.ZERO, 1);
  static final int TOKENS_OF_A_STREAM = 50;

  private static final int LEAST_UP_TO = 1000;
  private static final double[] EVENTS = {5e3, 10e3, 20e3, 40e3, 80e3, 160e3, 320e3, 640e3, 1280e3};
  private static final double[] REQUESTS = {2e3, 4e3, 8e3, 16e3, 32e3, 64e3, 128e3};

  /** Refuses impossible values with {@link IllegalArgumentException}. */
  public SelfTestPlan {
    if (eventLoops < 1) {
      throw new IllegalArgumentException("the client needs at least 1 event loop, not " + eventLoops);
    }
    if (!eachLoad.isPositive()) {
      throw new IllegalArgumentException("each load must last longer than zero");
    }
    if (upToEventsPerSecond < LEAST_UP_TO) {
      throw new IllegalArgumentException(
          "the highest load must be at least " + LEAST_UP_TO + " events/s, not " + upToEventsPerSecond);
    }
    if (mostStreams < 1) {
      throw new IllegalArgumentException("at least 1 stream must be opened, not " + mostStreams);
    }
  }

  /** Rates of streams, in requests per second. */
  List<Double> streamRates() {
    return asked(EVENTS).map(events -> events / TOKENS_OF_A_STREAM).boxed().toList();
  }

  /** Rates of requests of one token, in requests per second. */
  List<Double> requestRates() {
    return asked(REQUESTS).boxed().toList();
  }

  /** Without those above what is asked for, but never none. */
  private DoubleStream asked(double[] loads) {
    return DoubleStream.of(loads).filter(load -> load <= Math.max(loads[0], upToEventsPerSecond))
        .map(load -> Math.min(load, upToEventsPerSecond));
  }
}
