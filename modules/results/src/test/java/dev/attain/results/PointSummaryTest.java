package dev.attain.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.Point;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Snapshot;
import dev.attain.measurement.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PointSummaryTest {
  private static final GeneratorFigures IDLE = GeneratorFigures.of(0, List.of());

  @TempDir
  Path folder;
  private Experiment experiment;
  private Point point;

  @BeforeEach
  void readExperiment() throws Exception {
    experiment = SampleRun.oneDeployment(folder);
    point = experiment.points(experiment.deployments().getFirst()).getFirst();
  }

  @Test
  void theFileHasTheAgreedNamesInTheAgreedNesting() {
    JsonNode json = Json.MAPPER.valueToTree(SampleRun.summary(experiment, point, SampleRun.records(40), 40, List.of()));

    assertThat(json.fieldNames()).toIterable()
        .startsWith("schemaVersion", "deployment", "point", "loop", "rate", "concurrency")
        .contains("seed", "scheduleHash", "verdict", "reasons", "planned", "completed", "failed", "timedOut", "unsent",
            "lost", "attainment", "goodput", "throughput", "ttft", "serviceTtft", "tpot", "itl", "itlPerToken", "e2e",
            "normalizedLatency", "sendLag", "inFlightWait", "stages", "nodes", "generator", "kvTransfer", "connections",
            "tokens", "confidence");
    assertThat(json.get("attainment").fieldNames()).toIterable()
        .containsExactlyInAnyOrder("both", "ttft", "tpot", "low", "high", "target");
    assertThat(json.get("throughput").fieldNames()).toIterable()
        .containsExactlyInAnyOrder("requests", "outputTokens", "totalTokens");
    assertThat(json.get("ttft").fieldNames()).toIterable()
        .containsExactlyInAnyOrder("mean", "p50", "p90", "p95", "p99", "p999", "max", "count");
    assertThat(json.get("nodes").get(0).fieldNames()).toIterable().containsExactlyInAnyOrder("id", "planned",
        "completed", "failed", "timedOut", "unsent", "lost", "clockOffset", "clockBound");
    assertThat(json.get("generator").fieldNames()).toIterable()
        .contains("cpuMicrosPerEvent", "busiestLoop", "gcPauseMax", "loopLagP99", "waiting", "stallMax",
            "receiveDrops", "nodes");
  }

  @Test
  void stagesAreThoseOfRequestsInTwoLegsInTheirOrderInTimeAndMakeUpTheServiceTtft() {
    PointSummary summary = SampleRun.summary(experiment, point, SampleRun.recordsOf("disaggregated"), 40, List.of());
    JsonNode stages = Json.MAPPER.valueToTree(summary).get("stages");

    assertThat(stages.fieldNames()).toIterable().containsExactly("prefillLeg", "handOver", "decodeFirst");
    assertThat(stages).allSatisfy(stage -> assertThat(stage.fieldNames()).toIterable().containsExactly("mean", "p50",
        "p90", "p95", "p99", "p999", "max", "count", "share"));
    assertThat(stages.get("prefillLeg").get("p50").asDouble()).isBetween(0.040, 0.0401);
    assertThat(stages.get("handOver").get("max").asDouble()).isBetween(0.0005, 0.000501);
    assertThat(stages.get("decodeFirst").get("count").asLong()).isEqualTo(36);
    assertThat(summary.stages().values().stream().mapToDouble(Stage::share).sum()).isCloseTo(1, offset(1e-9));
    assertThat(summary.stages().values().stream().mapToDouble(Stage::mean).sum())
        .isCloseTo(summary.serviceTtft().mean(), withinPercentage(0.1));
    assertThat(summary.stages().get("prefillLeg").share()).isCloseTo(40 / 59.993, offset(0.001));
  }

  @Test
  void aColocatedPointHasNoStages() {
    PointSummary summary = SampleRun.summary(experiment, point, SampleRun.records(40), 40, List.of());

    assertThat(Json.MAPPER.<JsonNode>valueToTree(summary).get("stages")).isEmpty();
    assertThat(summary.outOfRange()).isEmpty();
  }

  @Test
  void ratesDivideByTheMeasuredWindow() {
    PointSummary summary = SampleRun.summary(experiment, point, SampleRun.records(40), 40, List.of());

    assertThat(summary.completed()).isEqualTo(36);
    assertThat(summary.attainment().both()).isEqualTo(0.9);
    assertThat(summary.goodput()).isEqualTo(36 / 4.0);
    assertThat(summary.throughput()).isEqualTo(new Throughput(36 / 4.2, 36 * 11 / 4.2, 36 * 43 / 4.2));
    assertThat(summary.ttft().p50()).isBetween(0.0599, 0.0601);
    assertThat(summary.ttft().count()).isEqualTo(36);
    assertThat(summary.sendLag().count()).isEqualTo(40);
  }

  @Test
  void whatALostNodeNeverReportedIsLostAndEverythingStillAddsUp() {
    List<RequestRecord> reported = SampleRun.records(10);
    Snapshot snapshot = SampleRun.snapshot(experiment, reported, 25);

    PointSummary summary = summary(List.of(new NodeMeasurement("load-1", snapshot, 0, 0),
        new NodeMeasurement("load-2", Snapshot.beforeStart(15), 0, 0)), 5.0, List.of("load-2 was lost"));

    assertThat(summary.planned()).isEqualTo(40);
    assertThat(summary.lost()).isEqualTo(15 + 15);
    assertThat(summary.conserved()).isTrue();
    assertThat(summary.nodes()).extracting(NodeSummary::lost).containsExactly(15L, 15L);
    assertThat(summary.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(summary.reasons()).containsExactly("load-2 was lost");
    assertThat(summary.failures()).containsExactly(new FailureCount("LOST: no node reported its end", 30));
  }

  @Test
  void theIntervalOfTheAttainmentRestsOnWhatTheRequestsProve() {
    PointSummary summary = SampleRun.summary(experiment, point, SampleRun.records(40), 40, List.of());
    assertThat(summary.attainment().low()).isEqualTo(summary.sampleSize().interval(0.9).low());
    assertThat(summary.sampleSize().independent()).isEqualTo(summary.confidence().orElseThrow().independentRequests());
  }

  @Test
  void aPointWithoutASingleAnswerStillHasASummary() {
    PointSummary summary = summary(List.of(new NodeMeasurement("load-1", Snapshot.beforeStart(4), 0, 0)), 0,
        List.of());

    assertThat(summary.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(summary.goodput()).isZero();
    assertThat(summary.ttft().count()).isZero();
    assertThat(summary.conserved()).isTrue();
  }

  private PointSummary summary(List<NodeMeasurement> nodes, double seconds, List<String> invalid) {
    return PointSummary
        .of(new PointMeasurement(point, SampleRun.HASH, 0.9, seconds, seconds, nodes, IDLE, List.of(),
            SampleRun.CONNECTIONS,
            SampleRun.TOKENS, invalid,
            Map.of(), ServerMeasurement.none(), Optional.empty(), Optional.empty()));
  }
}
