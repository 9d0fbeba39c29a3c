package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That of a real run is among the tests of whole runs, which have one. */
class IndependentProgramTest {
  @TempDir
  Path folder;

  @Test
  void aProgramInAnotherLanguageGetsTheSameFiguresWhenRequestsFailAndAreNeverSent() throws Exception {
    RunBundle bundle = RunBundle.open(new ManyRequests(folder, "60, 110", 6000).write());

    assertThat(bundle.summaries()).hasSize(4).allSatisfy(point -> {
      assertThat(point.failed()).isPositive();
      assertThat(point.timedOut()).isPositive();
      assertThat(point.unsent()).isPositive();
      assertThat(point.attainment().both()).isBetween(0.2, 0.9);
    });
    Recomputation.mustAgree(bundle);
  }
}
