package dev.attain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.results.Bundle;
import dev.attain.results.GpuLoad;
import dev.attain.results.InstanceLoad;
import dev.attain.results.ServerMetricsFile;
import dev.attain.results.ServerStage;
import dev.attain.results.ServerSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginesSeenTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  @TempDir
  Path folder;

  private static OptionalDouble value(double value) {
    return OptionalDouble.of(value);
  }

  private static InstanceLoad load(String instance, String role, OptionalDouble preemptions) {
    return new InstanceLoad(instance, role, 40, value(12.5), value(31), value(1), value(7), value(0.4), value(0.83),
        preemptions, NONE, NONE, value(96));
  }

  private static final ServerSummary SERVER = new ServerSummary(
      List.of(load("colocated-0", "colocated", value(3)), load("colocated-1", "colocated", NONE)),
      List.of(new GpuLoad("node", 0, "colocated-0", value(71_234), value(0.8), value(600)),
          new GpuLoad("node", 1, "colocated-0", value(70_000), value(0.9), value(500))),
      value(71_234),
      Map.of("colocated", Map.of("queueTime", new ServerStage(0.02, 0.15, 0.27, 0.3, 400))));

  private static ServerMetricsFile samples(int seconds, String... instances) {
    return ServerCourse.of(seconds, instances);
  }

  private static String html(Bundle bundle) throws Exception {
    Reports.write(bundle);
    return Files.readString(bundle.folder().resolve("report.html"));
  }

  @Test
  void everyInstanceHasItsLineWithItsGpus() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8", 1).seen(samples(50, "colocated-0", "colocated-1"), SERVER)
        .point("colocated", 8, 1).complete();
    Reports.write(bundle);
    assertThat(Files.readString(bundle.folder().resolve("report.md"))).contains("What the engines saw",
        "| colocated-8qps-1 | colocated-0 | 12.5 | 31 | 7 | 83.0 % | 3 | 96 | 69.6 GiB | 85.0 % | 1100 W |",
        "| colocated-8qps-1 | colocated-1 | 12.5 | 31 | 7 | 83.0 % | - | 96 | - | - | - |");
  }

  @Test
  void theEnginesTimesStandBesideTheClients() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8", 1).seen(samples(50, "colocated-0"), SERVER)
        .point("colocated", 8, 1, 0.2, 0.02).complete();
    Reports.write(bundle);
    assertThat(Files.readString(bundle.folder().resolve("report.md"))).contains(
        "| colocated-8qps-1 | client | TTFT from the send | 240 ms | 200 ms | 400 ms | 800 ms |",
        "| colocated-8qps-1 | colocated | queue | 20 ms | ~ 150 ms | ~ 270 ms | ~ 300 ms |");
  }

  @Test
  void withoutSamplesThereIsNoSection() throws Exception {
    assertThat(html(new SampleBundle(folder, "8", 1).point("colocated", 8, 1).complete()))
        .doesNotContain("What the engines saw");
  }

  @Test
  void theProofOfTransferHasItsRow() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8", 1).transferring(Map.of("transferredShare", 0.995,
        "transferredTokens", 600.0, "transfers", 3.0, "bytes", 3.0 * (1 << 20), "meanTransferTime", 0.013,
        "bytesPerSecond", 80.0 * (1 << 20), "readsAfterExpiry", 2.0)).point("disaggregated", 8, 1).complete();
    String html = html(bundle);
    assertThat(html).contains("Proof of KV transfer", "99.5 %", "3 MiB", "13 ms", "80 MiB/s",
        "<span class=\"bad\">2</span>");
  }
}
