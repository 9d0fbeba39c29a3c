package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.measurement.Verdict;
import dev.attain.results.Bundle;
import dev.attain.results.BundleException;
import dev.attain.results.PointSummary;
import dev.attain.results.Stage;
import dev.attain.results.UnmeasuredFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job in small: two deployments of simulated engines, two load nodes, one bundle. */
@StartsProcesses
class WholeRunTest {
  private static final List<String> DEPLOYMENTS = List.of("colocated", "disaggregated");
  private static final List<String> LATENCIES = List.of("ttft", "serviceTtft", "tpot", "itl", "e2e",
      "normalizedLatency", "sendLag");

  @TempDir
  static Path folder;

  private static AttainProcess.Ended ended;
  private static RunBundle bundle;

  @BeforeAll
  static void run() {
    Path conf = Experiments.write(folder, "whole", """
      nodes.load = 2
      load { lead-in = 1 s, lead-out = 5 s }
      deployments = [
        { name = colocated, kind = colocated, replicas = 2 }
        { name = disaggregated, kind = disaggregated, prefill.instances = 1, decode.instances = 1 }
      ]
      """);
    // Leaves nothing running, or this fails.
    ended = AttainProcess.run(folder, "run", conf.toString());
    bundle = ended.bundle();
  }

  @Test
  void runSucceeds() {
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).doesNotContain("\tat ");
    assertThat(bundle.complete()).isTrue();
    assertThat(bundle.summaries()).hasSize(2)
        .allSatisfy(summary -> assertThat(summary.completed()).isEqualTo(summary.planned()).isPositive())
        .allSatisfy(summary -> assertThat(summary.verdict()).isNotEqualTo(Verdict.INVALID));
  }

  @Test
  void outputEndsWithATableASentenceForEachDeploymentAndThePathOfTheBundle() {
    List<String> lines = ended.out().lines().toList();

    assertThat(lines).as("log lines belong into files").noneMatch(line -> line.contains("WARN"));
    assertThat(lines.getLast()).matches("bundle: results/synthetic/whole_\\d{8}_\\d{6}");
    assertThat(DEPLOYMENTS).allSatisfy(name -> {
      assertThat(lines).anyMatch(line -> line.matches(name + " +20 .*"));
      assertThat(lines).anyMatch(line -> line.startsWith(name + " ") && line.endsWith("."));
    });
  }

  @Test
  void outcomesAddUpForEveryNodeAndPoint() {
    for (PointSummary summary : bundle.summaries()) {
      assertThat(summary.nodes()).hasSize(2);
      assertThat(summary.conserved()).isTrue();
      assertThat(bundle.records(summary.deployment())).hasSize(Math.toIntExact(summary.planned()));
    }
  }

  @Test
  void theLoadAroundWhatIsMeasuredIsServedAndCountsNowhere() {
    for (PointSummary summary : bundle.summaries()) {
      UnmeasuredFigures around = summary.unmeasured().orElseThrow();
      assertThat(around.sent()).as("a second before and some after").isGreaterThan(10);
      assertThat(around.completed()).isEqualTo(around.sent());
      assertThat(bundle.records(summary.deployment()).stream().mapToLong(node -> node.record().index()).sorted())
          .containsExactlyElementsOf(LongStream.range(0, summary.planned()).boxed().toList());
    }
    PointSummary disaggregated = bundle.summary("disaggregated");
    assertThat(disaggregated.kvTransfer().get("transfers")).as("the engines have served them all")
        .isEqualTo((double) (disaggregated.planned() + disaggregated.unmeasured().orElseThrow().completed()));
  }

  @Test
  void bothDeploymentsSeeTheSameArrivals() {
    assertThat(bundle.summary("colocated").scheduleHash())
        .isEqualTo(bundle.summary("disaggregated").scheduleHash());
  }

  @Test
  void disaggregatedRequestsPassThroughBothLegs() {
    assertThat(bundle.records("disaggregated")).allSatisfy(line -> {
      assertThat(line.record().prefillInstance()).isZero();
      assertThat(line.record().decodeInstance()).isZero();
      assertThat(line.record().prefillDoneNanos()).isGreaterThan(line.record().sentNanos())
          .isLessThanOrEqualTo(line.record().decodeSentNanos());
      assertThat(line.record().firstTokenNanos()).isGreaterThan(line.record().decodeSentNanos());
    });
  }

  @Test
  void theStagesOfBothLegsMakeUpTheTimeToFirstToken() throws IOException {
    PointSummary split = bundle.summary("disaggregated");
    assertThat(split.stages().keySet()).containsExactly("prefillLeg", "handOver", "decodeFirst");
    assertThat(split.stages().values())
        .allSatisfy(stage -> assertThat(stage.count()).isEqualTo(split.completed()));
    assertThat(split.stages().values().stream().mapToDouble(Stage::mean).sum())
        .isCloseTo(split.serviceTtft().mean(), withinPercentage(0.2));
    assertThat(bundle.summary("colocated").stages()).isEmpty();
    assertThat(Files.readString(bundle.folder().resolve("report.md")))
        .contains("## Where the time to first token goes", "ttft-stages-disaggregated.svg")
        .doesNotContain("ttft-stages-colocated");
  }

  @Test
  void summaryHasExactlyThePublishedNames() throws IOException {
    List<String> published = names(RunBundle.schema("summary").get("properties"));
    for (String deployment : DEPLOYMENTS) {
      JsonNode summary = RunBundle.json(bundle.folder().resolve(bundle.entry(deployment).path())
          .resolve("summary.json"));

      assertThat(names(summary)).containsExactlyInAnyOrderElementsOf(published).contains("schemaVersion",
          "deployment", "point", "rate", "seed", "scheduleHash", "verdict", "reasons", "planned", "completed", "failed",
          "timedOut", "unsent", "lost", "attainment", "goodput", "throughput", "nodes", "generator", "kvTransfer")
          .containsAll(LATENCIES);
      assertThat(names(summary.get("attainment"))).containsExactlyInAnyOrder("both", "ttft", "tpot", "low", "high",
          "target");
      assertThat(names(summary.get("throughput"))).containsExactlyInAnyOrder("requests", "outputTokens",
          "totalTokens");
      assertThat(LATENCIES).allSatisfy(metric -> assertThat(names(summary.get(metric))).containsExactlyInAnyOrder(
          "mean", "p50", "p90", "p95", "p99", "p999", "max", "count"));
      assertThat(summary.get("nodes")).hasSize(2).allSatisfy(node -> assertThat(names(node))
          .containsExactlyInAnyOrder("id", "planned", "completed", "failed", "timedOut", "unsent", "lost",
              "clockOffset", "clockBound"));
      assertThat(names(summary.get("generator"))).contains("cpuMicrosPerEvent", "busiestLoop",
          "gcPauseMax", "loopLagP99", "loopLagMax", "stallMax", "failedConnects", "nodes");
      assertThat(summary.get("generator").get("nodes")).hasSize(2).allSatisfy(
          node -> assertThat(node.get("loops")).isNotEmpty());
    }
  }

  @Test
  void theRecordsGiveTheSummariesAgain() throws BundleException {
    Bundle judged = bundle.bundle().judgedBy(bundle.bundle().manifest().objectives());

    assertThat(judged.summaries()).usingRecursiveFieldByFieldElementComparator().isEqualTo(bundle.summaries());
    assertThat(judged.notices()).isEmpty();
  }

  @Test
  void aProgramInAnotherLanguageGetsTheSameFiguresFromTheRecords() throws IOException {
    Recomputation.mustAgree(bundle);
  }

  @Test
  void aReportAtOtherObjectivesHasAFolderOfItsOwn() {
    AttainProcess.Ended report = AttainProcess.run(folder, "report", bundle.folder().toString(), "--ttft-slo", "1us");

    assertThat(report.exitCode()).as(report.err()).isZero();
    assertThat(report.out()).contains("Judged by other objectives than the run's", "FAIL");
    assertThat(bundle.folder().resolve("views/ttft-0.001ms-tpot-100ms/report.html")).content()
        .contains("objectives of the run");
    assertThat(bundle.folder().resolve("report.html")).content().doesNotContain("objectives of the run");
  }

  @Test
  void bundleHasThePublishedLayout() throws IOException {
    assertThat(List.of("manifest.json", "report.html", "report.md", "summary.csv", "logs", "plots")).allSatisfy(
        name -> assertThat(bundle.folder().resolve(name)).exists());
    for (String deployment : DEPLOYMENTS) {
      Path point = bundle.folder().resolve(deployment).resolve("points")
          .resolve(bundle.summary(deployment).point());
      assertThat(List.of("summary.json", "requests.jsonl.gz", "histograms.hlog", "timeline.csv")).allSatisfy(
          name -> assertThat(point.resolve(name)).isNotEmptyFile());
      assertThat(bundle.folder().resolve(deployment).resolve("vllm-20qps-1.json")).isNotEmptyFile();
    }
    assertThat(Files.readString(folder.resolve("results/README.md")))
        .contains(bundle.folder().getFileName().toString());
    assertThat(Files.readString(bundle.folder().resolve("report.html"))).contains("<svg")
        .as("needs nothing from elsewhere").doesNotContain("src=\"http", "href=\"http", "url(http");
  }

  @Test
  void manifestSaysWhatWasStarted() {
    JsonNode manifest = bundle.manifest();

    assertThat(manifest.get("nodes")).hasSize(2);
    assertThat(manifest.get("engines")).hasSize(4).allSatisfy(engine -> assertThat(engine.get("command").toString())
        .contains("simulate-engine", "--port"));
    assertThat(manifest.get("points")).hasSize(2).allSatisfy(point -> assertThat(point.get("state").asText())
        .isEqualToIgnoringCase("finished"));
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
