package dev.attain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.experiment.Experiment;
import dev.attain.experiment.ExperimentReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private Experiment experiment;

  @BeforeEach
  void read() throws Exception {
    experiment = ExperimentReader.read(Path.of("../../conf/external.conf"),
        Map.of("load.rates", "10,20", "load.requests", "200"), Map.of());
  }

  @Test
  void countsTheTimeThatPlannedRequestsTakeAtTheirRates() {
    // 20 s and 10 s of sending, a guess of 4 s each for draining, 6 s for bringing the deployment up.
    assertThat(new TimeLeft(experiment).describe(START)).isEqualTo("44 s");
  }

  @Test
  void shrinksWhileAPointRunsAndLearnsFromTheDrainsItHasSeen() {
    TimeLeft left = new TimeLeft(experiment);
    left.deploymentUp();
    left.pointStarted(START);
    assertThat(left.describe(START.plusSeconds(5))).isEqualTo("33 s");
    left.pointOver(START.plusSeconds(30));
    assertThat(left.describe(START.plusSeconds(30))).isEqualTo("20 s");
  }

  @Test
  void aLeadInCountsOnceForEachPointToCome() throws Exception {
    TimeLeft left = new TimeLeft(ExperimentReader.read(Path.of("../../conf/external.conf"),
        Map.of("load.rates", "10,20", "load.requests", "200", "load.lead-in", "10 s"), Map.of()));
    assertThat(left.describe(START)).isEqualTo("1 min 4 s");
    left.deploymentUp();
    left.pointStarted(START.plusSeconds(10));
    assertThat(left.describe(START)).isEqualTo("58 s");
    assertThat(left.describe(START.plusSeconds(10))).isEqualTo("48 s");
  }

  @Test
  void onlySaysAtLeastWhereTheServerDecidesHowLongItTakes() throws Exception {
    Experiment closed = ExperimentReader.read(Path.of("../../conf/closed-loop.conf"),
        Map.of("load.concurrency", "4", "load.duration", "null", "load.requests", "100"), Map.of());
    assertThat(new TimeLeft(closed).describe(START)).startsWith("at least ");
  }

  @Test
  void neverPromisesLessThanNothing() {
    TimeLeft left = new TimeLeft(experiment);
    left.pointStarted(START);
    assertThat(left.describe(START.plusSeconds(1_000))).isEqualTo("0 s");
  }
}
