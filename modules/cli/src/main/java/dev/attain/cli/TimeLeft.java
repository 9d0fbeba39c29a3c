package dev.attain.cli;

import dev.attain.experiment.Deployment;
import dev.attain.experiment.DurationWords;
import dev.attain.experiment.Experiment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Supplier;

/** Estimates how long a run still takes: what is planned, plus what draining and deploying took so far. */
final class TimeLeft {
  private static final Duration DRAIN_GUESS = Duration.ofSeconds(4);
  private static final Duration DEPLOY_GUESS = Duration.ofSeconds(6);

  private final ArrayDeque<Optional<Duration>> points = new ArrayDeque<>();
  private final Duration warmUp;
  private final Duration leadIn;
  private final Optional<Supplier<Duration>> expected;
  private int deployments;
  private Optional<Instant> pointStart = Optional.empty();
  private Duration drainSeen = Duration.ZERO;
  private int pointsSeen;

  /** Of the points that an experiment lists. */
  TimeLeft(Experiment experiment) {
    this(experiment, Optional.empty());
    for (Deployment deployment : experiment.deployments()) {
      experiment.points(deployment).forEach(point -> points.add(experiment.load().offered(point.load())));
    }
  }

  private TimeLeft(Experiment experiment, Optional<Supplier<Duration>> expected) {
    this.warmUp = experiment.warmUp().duration();
    this.leadIn = experiment.load().lead().in();
    this.deployments = experiment.deployments().size();
    this.expected = expected;
    expected.ifPresent(duration -> points.add(Optional.of(duration.get())));
  }

  /**
   * Of points that nobody can list.
   *
   * @param expected how long the load of those to come takes; asked again after each
   */
  static TimeLeft expecting(Experiment experiment, Supplier<Duration> expected) {
    return new TimeLeft(experiment, Optional.of(expected));
  }

  void deploymentUp() {
    deployments--;
  }

  void pointStarted(Instant at) {
    pointStart = Optional.of(at);
  }

  void pointOver(Instant at) {
    if (points.isEmpty()) {
      return;
    }
    Duration length = points.poll().orElse(Duration.ZERO);
    pointStart.ifPresent(start -> {
      Duration drain = Duration.between(start, at).minus(length);
      drainSeen = drainSeen.plus(drain.isNegative() ? Duration.ZERO : drain);
      pointsSeen++;
    });
    pointStart = Optional.empty();
    expected.ifPresent(duration -> {
      points.clear();
      points.add(Optional.of(duration.get()));
    });
  }

  /** "2 min 10 s"; "at least" where a closed loop goes on until a number of requests has ended. */
  String describe(Instant now) {
    Duration drain = pointsSeen == 0 ? DRAIN_GUESS : drainSeen.dividedBy(pointsSeen);
    Duration left = DEPLOY_GUESS.plus(warmUp).multipliedBy(deployments);
    for (Optional<Duration> point : points) {
      left = left.plus(point.orElse(Duration.ZERO)).plus(drain);
    }
    // Of the point under way, the lead-in that is left is how far its start lies ahead.
    left = left.plus(leadIn.multipliedBy(Math.max(0, points.size() - (pointStart.isPresent() ? 1 : 0))));
    left = left.minus(pointStart.map(start -> Duration.between(start, now)).orElse(Duration.ZERO));
    String atLeast = points.stream().allMatch(Optional::isPresent) ? "" : "at least ";
    return atLeast + DurationWords.of(left.isNegative() ? Duration.ZERO : left);
  }
}
