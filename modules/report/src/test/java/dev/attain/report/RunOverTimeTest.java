package dev.attain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.report.Chart.Sample;
import dev.attain.results.Bundle;
import dev.attain.results.InstanceSamples;
import dev.attain.results.Objectives;
import dev.attain.results.ServerMetricsFile;
import dev.attain.results.ServerSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunOverTimeTest {
  private static final ServerSummary SILENT = new ServerSummary(List.of(), List.of(), OptionalDouble.empty(), Map.of());

  @TempDir
  Path folder;

  @Test
  void loadFlightAttainmentQueueAndCacheStandOnOneAxisOfTime() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8, 16", 1).recorded().seen(ServerCourse.of(50, "colocated-0"), SILENT)
        .point("colocated", 8, 1).point("colocated", 16, 0.5).complete();
    String lanes = svg(html(bundle), "colocated: the run over time");

    assertThat(lanes).contains(">8 req/s</text>", ">16 req/s</text>", "requests per second", "requests in flight",
        ">attainment</text>", "in the engines", "KV cache in use", ">due</text>", "seconds, one point after the other")
        .doesNotContain("not recorded", "did not say", "<circle");
    assertThat(lanes.split("<polyline", -1)).as("nine curves of two points: three rates, in flight, two attainments,"
        + " running, waiting, cache").hasSize(1 + 18);
    assertThat(bundle.folder().resolve("plots/timeline-colocated.svg")).isNotEmptyFile();
    assertThat(bundle.folder().resolve("plots/timeline-colocated.png")).isNotEmptyFile();
  }

  @Test
  void whatIsMissingIsSaidAndNotDrawnAsZero() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8", 1).point("colocated", 8, 1).complete();
    String lanes = svg(html(bundle), "colocated: the run over time");

    assertThat(lanes).contains(">not recorded</text>", "the engines did not say").doesNotContain("<polyline");
    assertThat(html(bundle)).doesNotContain("Latency distributions", "Batched (running) requests");
  }

  @Test
  void ratesAndSharesAreThoseOfTheirStep() throws Exception {
    Bundle bundle = new SampleBundle(folder, "10", 1).recorded().point("colocated", 10, 0.5, 0.1, 0.01).complete();
    Observed point = Observed.of(bundle).getFirst();

    var course = new ClientCourse(point, 100, 1);
    assertThat(course.due()).extracting(Sample::y).first().isEqualTo(10.0);
    assertThat(course.sent()).allSatisfy(it -> assertThat(it.y()).isBetween(0.0, 11.0));
    assertThat(course.sent().getFirst().x()).isEqualTo(101);
    assertThat(course.attainment().getFirst().y()).isEqualTo(1);
    assertThat(course.attainment().getLast().y()).isZero();
    assertThat(course.attainmentSoFar().getLast().y()).isEqualTo(0.5);

    var thinned = new ClientCourse(point, 0, 8);
    assertThat(thinned.sent()).hasSize(6).first().extracting(Sample::y)
        .asInstanceOf(InstanceOfAssertFactories.DOUBLE).isCloseTo(10, Offset.offset(0.2));
  }

  @Test
  void withoutRecordsTheTimelineTellsWhatItKnows() throws Exception {
    Bundle bundle = new SampleBundle(folder, "10", 1).recorded().point("colocated", 10, 0.5, 0.1, 0.01).complete();
    Files.delete(bundle.folder().resolve("colocated/points/colocated-10qps-1/requests.jsonl.gz"));

    var course = new ClientCourse(Observed.of(bundle).getFirst(), 0, 1);
    assertThat(course.due()).isEmpty();
    assertThat(course.attainmentSoFar().getLast().y()).isEqualTo(0.5);
    assertThat(svg(html(bundle), "colocated: the run over time")).contains(">completed</text>")
        .doesNotContain(">due</text>");
  }

  @Test
  void deploymentsAtTheSameLoadShareAChartOfEachLatency() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8, 16", 1).recorded().point("colocated", 8, 1)
        .point("colocated", 16, 0.5).point("disaggregated", 8, 1).point("disaggregated", 16, 0.5).complete();
    String html = html(bundle);
    String ttft = svg(html, "TTFT at 16 req/s");

    assertThat(ttft).contains("colocated, 398 values", "disaggregated, 398 values", ">500 ms</text>");
    assertThat(ttft.split("<polyline", -1)).hasSize(1 + 2);
    assertThat(html).contains("TPOT at 8 req/s", "ITL at 8 req/s", "E2E at 8 req/s", "colocated, 7562 values");
    assertThat(html.split("<details open", -1)).as("the load at which the answer turns").hasSize(2)
        .satisfies(parts -> assertThat(parts[1]).contains("At 16 req/s"));
    assertThat(bundle.folder().resolve("plots/ttft-distribution-16qps.svg")).isNotEmptyFile();
    assertThat(bundle.folder().resolve("plots/ttft-distribution-16qps.png")).as("one of many").doesNotExist();
  }

  @Test
  void aCurveOfADistributionIsThinnedSoThatManyOfThemStaySmall() throws Exception {
    Observed point = Observed.of(new SampleBundle(folder, "8", 1).recorded().point("colocated", 8, 1, 1, 0.02)
        .complete()).getFirst();
    List<Observed> many = Collections.nCopies(500, point);

    var curves = new LatencyCurves(Map.of("colocated", Ink.RED), new Objectives(0.5, 0.03, 0.9), many);
    assertThat(curves.mostValues()).isEqualTo(30);
    assertThat(curves.charts().get(8.0).getFirst().series().getFirst().samples()).hasSizeBetween(20, 30);
  }

  @Test
  void whatCannotBeReadIsNamedAndTheRestOfTheReportIsThere() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8", 1).recorded().point("colocated", 8, 1).complete();
    Path point = bundle.folder().resolve("colocated/points/colocated-8qps-1");
    Files.delete(point.resolve("requests.jsonl.gz"));
    Files.writeString(point.resolve("timeline.csv"), "seconds\n1\n");

    assertThat(html(bundle)).contains("timeline.csv: cannot be read", ">not recorded</text>", "TTFT at 8 req/s",
        "Can the measurement be believed?");
  }

  @Test
  void batchesOfDeploymentsAtTheSameLoadStandOnTopOfEachOther() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8", 1).seen(ServerCourse.of(50, "colocated-0"), SILENT)
        .point("colocated", 8, 1).seen(ServerCourse.of(50, "prefill-0", "decode-0"), SILENT)
        .point("disaggregated", 8, 1).complete();
    String chart = svg(html(bundle), "Batched (running) requests over time");

    assertThat(chart).contains(">colocated</text>", ">disaggregated</text>", ">prefill side</text>");
    assertThat(chart.split("<polyline", -1)).hasSize(1 + 3);
    assertThat(bundle.folder().resolve("plots/batched-requests-over-time.svg")).isNotEmptyFile();
  }

  @Test
  void aLongPointIsThinnedWithoutLosingItsPeak() {
    List<Sample> running = new EngineCourse(ServerCourse.of(4000, "a", "b"), 0, 4000, 4000.0 / RunTimeline.STEPS)
        .running("colocated");

    assertThat(running).hasSizeBetween(200, 240);
    assertThat(running).extracting(Sample::y).as("both instances together").contains(198.0, 20.0);
  }

  @Test
  void whereAnInstanceSaysNothingTheSumIsNotDrawn() {
    ServerMetricsFile all = ServerCourse.of(50, "a", "b");
    InstanceSamples silent = new InstanceSamples("b", "colocated", "http://a",
        all.instances().getLast().samples().subList(0, 11));
    ServerMetricsFile half = new ServerMetricsFile(1, 1, List.of(all.instances().getFirst(), silent), List.of());

    List<Sample> running = new EngineCourse(half, 0, 50, 1).running("colocated");
    assertThat(running.getLast().x()).as("held for a little over two steps").isEqualTo(12);
  }

  /** The picture with this title. */
  private static String svg(String html, String title) {
    int at = html.indexOf("<title>" + title);
    assertThat(at).as("a picture titled " + title).isPositive();
    return html.substring(at, html.indexOf("</svg>", at));
  }

  private static String html(Bundle bundle) throws Exception {
    Reports.write(bundle);
    return Files.readString(bundle.folder().resolve("report.html"));
  }
}
