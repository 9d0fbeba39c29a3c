package dev.attain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.results.Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosedLoopReportTest {
  @TempDir
  Path folder;

  @Test
  void aClosedLoopIsCalledSoAndSpeaksOfUsersInsteadOfRates() throws Exception {
    var bundle = SampleBundle.closedLoop(folder, "1, 8, 64").point("colocated", 1, 1).point("colocated", 8, 0.98)
        .point("colocated", 64, 0.5).complete();

    assertThat(Reports.sentences(bundle)).first().asString().startsWith("Closed loop: the server sets the pace.");
    assertThat(Reports.sentences(bundle)).contains(
        "colocated serves 8 users (4 per GPU) at 90 % within TTFT 500 ms / TPOT 30 ms; misses at 64 users"
            + " (50.0 % [45.1, 54.9]).");
    assertThat(Reports.consoleTable(bundle, false)).contains("users").doesNotContain("req/s");
  }

  @Test
  void theReportSaysWhatAClosedLoopCannotShowAndHasNoRateInIt() throws Exception {
    Bundle bundle = SampleBundle.closedLoop(folder, "1, 8").point("colocated", 1, 1).point("colocated", 8, 0.98)
        .complete();
    Reports.write(bundle);

    String report = Files.readString(bundle.folder().resolve("report.md"));
    assertThat(report).contains("overload cannot show").contains("latency counts from the instant a user is ready")
        .contains("a closed loop has no schedule whose hash nodes could compare").doesNotContain("req/s")
        .doesNotContain("request rate (");
    assertThat(bundle.folder().resolve("plots/attainment-over-concurrency.svg")).isRegularFile();
  }

  @Test
  void anOpenLoopIsNotTakenForAClosedOne() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8", 1).point("colocated", 8, 1).complete();
    Reports.write(bundle);

    assertThat(Files.readString(bundle.folder().resolve("report.md"))).doesNotContainIgnoringCase("closed loop")
        .doesNotContain("load.max-in-flight");
  }

  @Test
  void requestsThatWaitedForOthersToEndAreCountedWithTheLongestWait() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8", 1).waiting(40).point("colocated", 8, 1).complete();
    Reports.write(bundle);

    assertThat(Files.readString(bundle.folder().resolve("report.md"))).contains("load.max-in-flight")
        .contains("| colocated-8qps-1 | 40 | 10.0 % | 500 ms | 2 s | 3 s |");
  }
}
