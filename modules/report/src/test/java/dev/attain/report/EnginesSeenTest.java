package dev.attain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.results.Bundle;
import dev.attain.results.GpuLoad;
import dev.attain.results.InstanceLoad;
import dev.attain.results.InstanceSamples;
import dev.attain.results.PointSummary;
import dev.attain.results.ServerMetricsFile;
import dev.attain.results.ServerSample;
import dev.attain.results.ServerStage;
import dev.attain.results.ServerSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
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

  /** One sample a second in which one of 400 requests at a time runs; a peak of 99 in the middle. */
  private static ServerMetricsFile samples(int seconds, String... instances) {
    return new ServerMetricsFile(PointSummary.SCHEMA_VERSION, 1,
        IntStream.range(0, instances.length).mapToObj(k -> new InstanceSamples(instances[k], "colocated", "http://a",
            IntStream.rangeClosed(0, seconds).mapToObj(t -> new ServerSample(t, value(t == seconds / 2 ? 99 : 10),
                value(t % 3), value(0.5), NONE, NONE, NONE, NONE)).toList()))
            .toList(),
        List.of());
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
  void theCourseOfTimeIsAChartForEachDeploymentWithoutAMarkerForEachSample() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8, 16", 1).seen(samples(50, "colocated-0"), SERVER)
        .point("colocated", 8, 1).point("colocated", 16, 1).complete();
    String html = html(bundle);
    String chart = html.substring(html.indexOf("colocated: requests in the engines"));
    chart = chart.substring(0, chart.indexOf("</svg>"));
    assertThat(chart).contains("seconds, one point after the other: 8, 16 req/s", "running", "waiting")
        .doesNotContain("<circle");
    assertThat(chart.split("<polyline", -1)).as("a line for each of two points and two figures").hasSize(1 + 4);
    assertThat(html).contains("colocated: KV cache in use");
    assertThat(bundle.folder().resolve("plots/requests-over-time-colocated.svg")).isNotEmptyFile();
  }

  @Test
  void withoutSamplesThereIsNoSection() throws Exception {
    assertThat(html(new SampleBundle(folder, "8", 1).point("colocated", 8, 1).complete()))
        .doesNotContain("What the engines saw");
  }

  @Test
  void aLongPointIsThinnedWithoutLosingItsPeak() throws Exception {
    Bundle bundle = new SampleBundle(folder, "0.1", 1).point("colocated", 0.1, 1).complete();
    PointSummary fourThousandSeconds = bundle.summaries().getFirst();
    Timeline timeline = new Timeline("colocated", Ink.RED,
        List.of(new Timeline.Seen(fourThousandSeconds, samples(4000, "a", "b"))));
    List<Chart.Sample> running = timeline.requests().series().getFirst().samples();
    assertThat(running).hasSizeBetween(200, 240);
    assertThat(running).extracting(Chart.Sample::y).as("both instances together").contains(198.0, 20.0);
  }

  @Test
  void whereAnInstanceSaysNothingTheSumIsNotDrawn() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8", 1).point("colocated", 8, 1).complete();
    ServerMetricsFile all = samples(50, "a", "b");
    InstanceSamples silent = new InstanceSamples("b", "colocated", "http://a",
        all.instances().getLast().samples().subList(0, 11));
    ServerMetricsFile half = new ServerMetricsFile(1, 1, List.of(all.instances().getFirst(), silent), List.of());
    List<Chart.Sample> running = new Timeline("colocated", Ink.RED,
        List.of(new Timeline.Seen(bundle.summaries().getFirst(), half))).requests().series().getFirst().samples();
    assertThat(running.getLast().x()).as("held for a little over two steps").isEqualTo(12);
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
