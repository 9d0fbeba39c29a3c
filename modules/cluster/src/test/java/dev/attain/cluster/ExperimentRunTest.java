package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.engines.SelfCommand;
import dev.attain.experiment.Experiment;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ExperimentRunTest {
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void nobodyWaitsForARunWhoseClusterNodeHasEnded(@TempDir Path folder) throws Exception {
    Experiment experiment = SmallExperiment.in(folder);
    ExperimentRun run = ExperimentRun.start(experiment, SelfCommand.ofThisJvm(), folder, PointSource.listed(experiment),
        event -> {});
    run.close();
    assertThat(run.awaitEnd()).isEqualTo(
        new RunEnd.BrokenOff("the coordinator's cluster node ended before the run did; its log says why"));
  }
}
