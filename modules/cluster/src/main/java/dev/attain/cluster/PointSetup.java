package dev.attain.cluster;

import dev.attain.experiment.Experiment;
import dev.attain.experiment.Lead;
import dev.attain.measurement.NanoClock;
import java.time.Duration;
import java.util.List;

/** All that a {@link PointRun} needs to know. */
record PointSetup(RunContext run, PointContext point, List<PointRun.Member> members, IdleCheck idle,
    TransferMeter transfers, ServerWatch watch, RunObserver observer, NanoClock clock) {
  /** For the order to arrive everywhere. */
  private static final Duration NOTICE = Duration.ofMillis(400);

  Experiment experiment() {
    return run.experiment();
  }

  String pointId() {
    return point.point().id();
  }

  Lead lead() {
    return experiment().load().lead();
  }

  /** From the order to start until the measured window begins. */
  Duration ahead() {
    return NOTICE.plus(lead().in());
  }

  /** From the order to start until everything has arrived at the latest. */
  Duration longest(Duration lastIntended) {
    Duration drain = experiment().requests().drain();
    return ahead().plus(lastIntended).plus(drain).plus(lead().any() ? drain : Duration.ZERO)
        .plus(experiment().deadlines().collect());
  }
}
