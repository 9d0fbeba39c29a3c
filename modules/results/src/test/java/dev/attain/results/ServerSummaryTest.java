package dev.attain.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSummaryTest {
  private final ServerSummary summary = ServerSummary.of(SampleRun.server(), 4.2);

  @Test
  void meansAndMaximaAreOfTheMeasuredTimeOnly() {
    InstanceLoad load = summary.instances().getFirst();
    assertThat(load.samples()).isEqualTo(2);
    assertThat(load.runningMean()).hasValue(10);
    assertThat(load.runningMax()).hasValue(12);
    assertThat(load.waitingMax()).hasValue(4);
    assertThat(load.kvUsageMax()).hasValue(0.75);
    assertThat(load.stepTokensMean()).hasValue(64);
  }

  @Test
  void countsGrowFromTheLookBeforeThePointToTheOneAfterIt() {
    assertThat(summary.instances().getFirst().preemptions()).hasValue(4);
    assertThat(summary.instances().getFirst().generatedTokens()).hasValue(93);
  }

  @Test
  void whatAnEngineDoesNotOfferStaysUnknown() {
    InstanceLoad little = summary.instances().getLast();
    assertThat(little.runningMax()).hasValue(3);
    assertThat(little.waitingMax()).isEmpty();
    assertThat(little.preemptions()).isEmpty();
  }

  @Test
  void aCounterThatAppearsDuringThePointStartedAtZero() {
    OptionalDouble none = OptionalDouble.empty();
    var samples = new InstanceSamples("a", "colocated", "u", List.of(
        new ServerSample(-1, OptionalDouble.of(0), none, none, none, none, none, none),
        new ServerSample(1, OptionalDouble.of(0), none, none, OptionalDouble.of(3), none, none, none)));
    assertThat(InstanceLoad.of(samples, 2).preemptions()).hasValue(3);
  }

  @Test
  void theFullestGpuIsThePeak() {
    assertThat(summary.peakGpuMemoryMebibytes()).hasValue(71_000);
    assertThat(summary.gpus().getFirst().utilisationMean().orElseThrow()).isEqualTo(0.8);
    assertThat(summary.gpus().getFirst().powerMeanWatts()).hasValue(600);
  }

  @Test
  void nobodyLookingIsNoNumbers() {
    assertThat(ServerSummary.of(ServerMeasurement.none(), 4))
        .isEqualTo(new ServerSummary(List.of(), List.of(), OptionalDouble.empty(), Map.of()));
  }

  @Test
  void samplesAreReadAsTheyWereWritten(@TempDir Path folder) throws Exception {
    Bundle bundle = Bundle.open(SampleRun.write(folder.resolve("results"), SampleRun.oneDeployment(folder)));
    assertThat(bundle.serverMetrics(bundle.manifest().points().getFirst())).contains(SampleRun.server().samples());
    assertThat(bundle.summaries().getFirst().server()).isEqualTo(summary);
  }
}
