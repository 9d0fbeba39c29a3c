package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.client.Target;
import dev.attain.client.Unmeasured;
import dev.attain.experiment.ConfigurationException;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Experiment;
import dev.attain.measurement.Counts;
import dev.attain.measurement.Latencies;
import dev.attain.measurement.Snapshot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbandonedKvTest {
  private static final List<URI> ONE = List.of(URI.create("http://127.0.0.1:1"));
  private static final Target SPLIT = new Target.Disaggregated(ONE, ONE);

  @TempDir
  Path folder;

  private final AtomicLong nanos = new AtomicLong();
  private final AbandonedKv abandoned = new AbandonedKv(nanos::get);

  /** Of ten requests. */
  private PointOutcome outcome(int completed, int unsent, Unmeasured around)
      throws IOException, ConfigurationException {
    Experiment experiment = SmallExperiment.in(folder);
    Deployment deployment = experiment.deployments().getFirst();
    Counts counts = new Counts(10, 10 - unsent, completed, 0, 10 - unsent - completed, unsent, 0, 0, 0, 0, 0, 0, 0);
    return new PointOutcome(experiment.points(deployment).getFirst(), deployment, "", List.of(
        new PointOutcome.NodeOutcome("load-1", new Snapshot(1, counts, Latencies.empty()), null, Optional.empty())),
        List.of(), Duration.ZERO, Map.of(), ServerView.NONE, around);
  }

  @Test
  void nothingIsLeftWhereEveryRequestWasAnswered() throws Exception {
    abandoned.after(outcome(10, 0, new Unmeasured(4, 4, 400)), SPLIT);
    assertThat(abandoned.left()).isZero();
    abandoned.after(outcome(7, 3, Unmeasured.NONE), SPLIT);
    assertThat(abandoned.left()).as("what was never sent left nothing").isZero();
  }

  @Test
  void aRequestThatWasGivenUpLeavesItsKvForTheLengthOfALease() throws Exception {
    abandoned.after(outcome(9, 0, Unmeasured.NONE), SPLIT);
    assertThat(abandoned.left()).isEqualTo(Duration.ofSeconds(32));
    nanos.addAndGet(Duration.ofSeconds(20).toNanos());
    assertThat(abandoned.left()).isEqualTo(Duration.ofSeconds(12));
    nanos.addAndGet(Duration.ofSeconds(20).toNanos());
    assertThat(abandoned.left()).isZero();
  }

  @Test
  void soDoesOneThatWasNotMeasured() throws Exception {
    abandoned.after(outcome(10, 0, new Unmeasured(4, 3, 300)), SPLIT);
    assertThat(abandoned.left()).isPositive();
  }

  @Test
  void nothingIsLeftOnInstancesThatKeepNothingForOthers() throws Exception {
    abandoned.after(outcome(1, 0, Unmeasured.NONE), new Target.Colocated(ONE));
    assertThat(abandoned.left()).isZero();
  }
}
