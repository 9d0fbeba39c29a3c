package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.Slo;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTest {
  @TempDir
  Path folder;

  @Test
  void pointsGoRateByRateAndRepeatsChangeTheSeed() {
    var experiment = Sample.minimalAnd(folder, "load { rates = [8, 2.5], repeats = 2 }\nseed = 10").read();
    assertThat(experiment.points(experiment.deployments().getFirst())).containsExactly(
        new Point("colocated", new Load.Rate(8), 1, 10),
        new Point("colocated", new Load.Rate(8), 2, 11), new Point("colocated", new Load.Rate(2.5), 1, 10),
        new Point("colocated", new Load.Rate(2.5), 2, 11));
  }

  @Test
  void pointsHaveNamesThatAFolderCanHave() {
    assertThat(new Point("a", new Load.Rate(8), 1, 0).id()).isEqualTo("a-8qps-1");
    assertThat(new Point("a", new Load.Rate(2.5), 12, 0).id()).isEqualTo("a-2.5qps-12");
    assertThat(new Point("a", new Load.Rate(0.0625), 1, 0).id()).isEqualTo("a-0.0625qps-1");
    assertThat(new Point("a", new Load.Rate(20_000_000), 1, 0).id()).isEqualTo("a-20000000qps-1");
    assertThat(new Point("a", new Load.Concurrency(8), 1, 0).id()).as("no rate is called so")
        .isEqualTo("a-concurrency8-1");
  }

  @Test
  void sendLagMayReachTheLargerOfFloorAndShare() {
    var validity = Sample.minimalAnd(folder, "").read().validity();
    assertThat(validity.sendLagLimit(new Slo(Duration.ofMillis(500), Duration.ofMillis(30))))
        .isEqualTo(Duration.ofMillis(10));
    assertThat(validity.sendLagLimit(new Slo(Duration.ofMillis(20), Duration.ofMillis(30))))
        .isEqualTo(Duration.ofMillis(1));
  }
}
