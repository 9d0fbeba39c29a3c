package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class ManyRequestsTest {
  private static final long LARGEST_PAGE_BYTES = 5_000_000;

  @TempDir
  Path folder;

  @Test
  void aMillionRequestsAreReportedWithinAGibibyteOfHeapAndAPageOfFiveMegabytes() throws Exception {
    Path bundle = new ManyRequests(folder, "60, 110", 250_000).write();
    Path views = bundle.resolve("views/ttft-100ms-tpot-12ms");
    Path said = folder.resolve("said");
    Process report = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx1g", "-Djava.awt.headless=true", "-cp", System.getProperty("java.class.path"), "dev.attain.cli.Main",
        "report", bundle.toString(), "--ttft-slo", "100ms")).redirectErrorStream(true).redirectOutput(said.toFile())
        .start();
    try {
      assertThat(report.waitFor(10, TimeUnit.MINUTES)).as("ends").isTrue();
    } finally {
      report.destroyForcibly();
    }

    assertThat(report.exitValue()).as(Files.readString(said)).isZero();
    assertThat(said).content().contains("Judged by other objectives", "colocated         60", "disaggregated    110");
    assertThat(views.resolve("summary.csv")).content().contains(",250000,249750,84,83,83,0,");
    assertThat(views.resolve("report.html")).satisfies(
        page -> assertThat(Files.size(page)).isBetween(10_000L, LARGEST_PAGE_BYTES));
  }
}
