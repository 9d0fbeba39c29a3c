package dev.attain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.results.Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThroughputFiguresTest {
  @TempDir
  Path folder;

  @Test
  void normalisedLatencyStandsOverTheRateWithItsMeanAndItsSlowest() throws Exception {
    String page = page(new SampleBundle(folder, "8, 16", 1).point("colocated", 8, 1, 0.1, 0.02)
        .point("colocated", 16, 1, 0.1, 0.04).complete());

    assertThat(page).contains("Normalised latency (s/token) over request rate",
        "colocated, mean at 8 req/s: 26.4 ms", "colocated, p99 at 16 req/s: 176 ms");
    assertThat(folder.resolve("page/plots/normalised-latency-over-rate.png")).isNotEmptyFile();
  }

  @Test
  void outputThroughputOfAClosedLoopStandsOverTheUsers() throws Exception {
    String page = page(SampleBundle.closedLoop(folder, "8, 64").point("colocated", 8, 1).point("colocated", 64, 1)
        .complete());

    assertThat(page).contains("Output throughput (tokens/s) over concurrent users",
        "colocated at 64 users: 12800 tokens/s");
    assertThat(folder.resolve("page/plots/output-throughput-over-concurrency.svg")).isNotEmptyFile();
    assertThat(page).doesNotContain("Over the SLO scale");
  }

  @Test
  void requestsOfOneRateAreJudgedAgainByTighterAndLooserObjectives() throws Exception {
    String page = page(new SampleBundle(folder, "8, 16", 1).recorded().point("colocated", 8, 1, 0.3, 0.02)
        .point("colocated", 16, 1, 0.3, 0.02).complete());

    assertThat(page).contains("SLO attainment over SLO scale", "Over the SLO scale both objectives");
  }

  private String page(Bundle bundle) throws Exception {
    Reports.write(bundle, Files.createDirectory(folder.resolve("page")));
    return Files.readString(folder.resolve("page/report.html"));
  }
}
