package dev.attain.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.experiment.Experiment;
import dev.attain.experiment.Point;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Slo;
import dev.attain.measurement.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleJudgeTest {
  private static final long MILLI = 1_000_000;
  private static final int PLANNED = 600;
  private static final List<Outcome> WITHOUT_SUCCESS = List.of(Outcome.FAILED, Outcome.TIMED_OUT, Outcome.UNSENT);

  @TempDir
  Path folder;

  @Test
  void atTheRunsObjectivesTheRecordsGiveTheSummariesThatTheRunWrote() throws Exception {
    Bundle bundle = Bundle.open(write(true, List.of()));
    Bundle judged = bundle.judgedBy(bundle.manifest().objectives());

    assertThat(judged.summaries()).hasSize(2).isEqualTo(bundle.summaries());
    assertThat(judged.manifest()).isEqualTo(bundle.manifest());
    assertThat(judged.notices()).isEmpty();
    assertThat(judged.summaryTable()).isEqualTo(Files.readString(bundle.folder().resolve("summary.csv")));
  }

  @Test
  void atOtherObjectivesEveryRequestIsJudgedAgain() throws Exception {
    Bundle bundle = Bundle.open(write(true, List.of()));
    Bundle judged = bundle.judgedBy(new Objectives(0.08, 0.012, 0.3));

    Slo slo = new Slo(Duration.ofMillis(80), Duration.ofMillis(12));
    assertThat(judged.objectivesOfTheRun()).isEqualTo(bundle.manifest().objectives());
    assertThat(judged.manifest().objectives()).isEqualTo(new Objectives(0.08, 0.012, 0.3));
    for (PointSummary point : judged.summaries()) {
      List<RequestRecord> records = records(point.rate().orElseThrow());
      long both = records.stream().filter(it -> it.meets(slo)).count();
      assertThat(point.attainment().both()).isEqualTo(both / (double) PLANNED).isBetween(0.01, 0.99);
      assertThat(point.attainment().ttft())
          .isEqualTo(records.stream().filter(it -> it.meetsTtft(slo)).count() / (double) PLANNED);
      assertThat(point.attainment().tpot())
          .isEqualTo(records.stream().filter(it -> it.meetsTpot(slo)).count() / (double) PLANNED);
      assertThat(point.attainment().target()).isEqualTo(0.3);
      assertThat(point.goodput()).isEqualTo(both / point.offeredSeconds());
      assertThat(point.conserved()).isTrue();
      assertThat(judged.times(point).orElseThrow().met(0.08, 0.012)).hasSize(PLANNED);
    }
    assertThat(judged.summaries()).extracting(PointSummary::ttft)
        .isEqualTo(bundle.summaries().stream().map(PointSummary::ttft).toList());
    assertThat(judged.summaries()).extracting(PointSummary::attainment)
        .isNotEqualTo(bundle.summaries().stream().map(PointSummary::attainment).toList());
    assertThat(judged.manifest().points()).extracting(point -> point.verdict().orElseThrow())
        .containsExactlyElementsOf(judged.summaries().stream().map(PointSummary::verdict).toList());
  }

  @Test
  void whatIsInvalidStaysSoHoweverLooseTheObjectivesAre() throws Exception {
    Bundle bundle = Bundle.open(write(true, List.of("the generator was late")));
    Bundle judged = bundle.judgedBy(new Objectives(1000, 1000, 0.01));

    assertThat(judged.summaries()).allSatisfy(point -> {
      assertThat(point.verdict()).isEqualTo(Verdict.INVALID);
      assertThat(point.reasons()).containsExactly("the generator was late");
    });
  }

  @Test
  void aTtftObjectiveThatTheGeneratorWasNotPunctualEnoughForIsRemarkedOn() throws Exception {
    Bundle bundle = Bundle.open(write(true, List.of()));

    assertThat(bundle.judgedBy(new Objectives(0.0001, 1, 0.9)).notices()).hasSize(2).first().asString()
        .contains("colocated-2.5qps-1: the generator was 0.008", "ms late");
    assertThat(bundle.judgedBy(new Objectives(0.05, 1, 0.9)).notices()).isEmpty();
  }

  @Test
  void aCompleteBundleWhoseRecordsDoNotAddUpIsRefused() throws Exception {
    Bundle bundle = Bundle.open(write(true, List.of()));
    Path requests = bundle.requests(bundle.manifest().points().getFirst());
    byte[] whole = Files.readAllBytes(requests);

    Files.write(requests, Arrays.copyOf(whole, whole.length * 3 / 4));
    refused(bundle, requests + ": ", "of its 600 records can be read: it was cut off");

    byte[] damaged = whole.clone();
    Arrays.fill(damaged, whole.length / 2, whole.length / 2 + 50, (byte) 0x5a);
    Files.write(requests, damaged);
    refused(bundle, "of its 600 records can be read (");

    Files.write(requests, "no gzip".getBytes(StandardCharsets.UTF_8));
    refused(bundle, "0 of its 600 records can be read (it cannot be read: ");

    Files.delete(requests);
    refused(bundle, "0 of its 600 records can be read (it is missing)");

    Files.copy(bundle.requests(bundle.manifest().points().getLast()), requests);
    appendOneMore(requests);
    refused(bundle, "601 of its 600 records can be read: it was cut off or is not of this point");
  }

  @Test
  void ofAnIncompleteBundleWhatCanBeReadIsUsedAndNothingPasses() throws Exception {
    Bundle bundle = Bundle.open(write(false, List.of()));
    Path requests = bundle.requests(bundle.manifest().points().getFirst());
    byte[] whole = Files.readAllBytes(requests);
    Files.write(requests, Arrays.copyOf(whole, whole.length * 3 / 4));

    Bundle judged = bundle.judgedBy(new Objectives(1000, 1000, 0.01));

    PointSummary cut = judged.summaries().getFirst();
    assertThat(cut.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(cut.reasons()).singleElement().asString().endsWith("of its 600 records can be read");
    assertThat(cut.lost()).isPositive();
    assertThat(cut.conserved()).isTrue();
    assertThat(judged.notices()).singleElement().asString().startsWith(requests + ": ")
        .endsWith("the others count as lost, and the point is INVALID.");
    assertThat(judged.summaries().getLast().verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void ofAPointThatWasNotFinishedItsRecordsAreCounted() throws Exception {
    Experiment experiment = SampleRun.oneDeployment(folder);
    Path root = folder.resolve("results");
    try (BundleWriter writer = BundleWriter.create(root, experiment, SampleRun.STARTED, SampleRun.PROVENANCE)) {
      Point point = experiment.points(experiment.deployments().getFirst()).getFirst();
      writer.startPoint(point, SampleRun.HASH).append(SampleRun.onNode("load-1", SampleRun.records(40)));

      Bundle crashed = Bundle.open(writer.folder());
      Bundle judged = crashed.judgedBy(crashed.manifest().objectives());

      assertThat(judged.summaries()).isEmpty();
      assertThat(judged.notices()).containsExactly("colocated-2.5qps-1 was not finished and has no verdict: 40 of its"
          + " requests are on record, of which 36 completed and 36 met both objectives.");
    }
  }

  @Test
  void withoutASingleSuccessThereIsNothingToJudge() throws Exception {
    Experiment experiment = SampleRun.oneDeployment(folder);
    try (BundleWriter writer = BundleWriter.create(folder.resolve("results"), experiment, SampleRun.STARTED,
        SampleRun.PROVENANCE)) {
      for (Point point : experiment.points(experiment.deployments().getFirst())) {
        writePoint(writer, experiment, point, List.of(SampleRun.failed(0), SampleRun.failed(1)), 2, List.of());
      }
      writer.complete();
      Bundle bundle = Bundle.open(writer.folder());

      refused(bundle, "no request of " + bundle.folder() + " succeeded, so that there is nothing to judge",
          "(2 of a point ended as FAILED: HTTP 500");
    }
  }

  private static void refused(Bundle bundle, String... words) {
    assertThatThrownBy(() -> bundle.judgedBy(bundle.manifest().objectives())).isInstanceOf(BundleException.class)
        .hasMessageContainingAll(words);
  }

  private Path write(boolean complete, List<String> invalid) throws IOException {
    Experiment experiment = SampleRun.oneDeployment(folder);
    try (BundleWriter writer = BundleWriter.create(folder.resolve("results"), experiment, SampleRun.STARTED,
        SampleRun.PROVENANCE)) {
      for (Point point : experiment.points(experiment.deployments().getFirst())) {
        writePoint(writer, experiment, point, records(PointSummary.rate(point.load()).orElseThrow()), PLANNED, invalid);
      }
      if (complete) {
        writer.complete();
      } else {
        writer.incomplete("somebody pulled the plug");
      }
      return writer.folder();
    }
  }

  /** As a run does it: what follows from records comes from the writer, everything else from the nodes. */
  private static void writePoint(BundleWriter bundle, Experiment experiment, Point point, List<RequestRecord> records,
      int planned, List<String> invalid) throws IOException {
    PointWriter writer = bundle.startPoint(point, SampleRun.HASH);
    var nodes = new ArrayList<NodeMeasurement>();
    for (int node = 0; node < 2; node++) {
      int remainder = node;
      List<RequestRecord> share = records.stream().filter(it -> it.index() % 2 == remainder).toList();
      writer.append(SampleRun.onNode("load-" + node, share));
      nodes.add(new NodeMeasurement("load-" + node, SampleRun.snapshot(experiment, share, planned / 2), 0, 0));
    }
    PointSummary summary = PointSummary.of(new PointMeasurement(point, SampleRun.HASH, experiment.target(), 4, 4.2,
        nodes, SampleRun.GENERATOR, writer.failures(), writer.connections(), writer.tokens(), invalid, Map.of(),
        SampleRun.server(), Optional.of(writer.confidence(planned)), Optional.empty()));
    writer.finish(summary, nodes.getFirst().newest().latencies().plus(nodes.getLast().newest().latencies()));
  }

  /** Latencies that vary, more at higher rates; every fiftieth request fails, is given up or was never sent. */
  private static List<RequestRecord> records(double rate) {
    var random = new SplittableRandom(Double.hashCode(rate));
    var records = new ArrayList<RequestRecord>();
    for (int index = 0; index < PLANNED; index++) {
      long intended = Math.round(index * 1e9 / rate);
      long first = intended + 60 * MILLI + (long) (random.nextDouble() * 10 * rate * MILLI);
      long last = first + (long) ((5 + random.nextDouble() * 15) * 10 * MILLI);
      Outcome outcome = index % 50 == 7 ? WITHOUT_SUCCESS.get(index / 50 % 3) : Outcome.COMPLETED;
      long never = RequestRecord.NEVER;
      boolean sent = outcome != Outcome.UNSENT;
      boolean done = outcome == Outcome.COMPLETED;
      records.add(new RequestRecord(index, 32, 11, done ? 11 : 0, done ? 11 : 0, intended,
          sent ? intended + 7_001 : never, never, never, done ? first - 1 : never, done ? first : never,
          done ? last : never, sent ? last + 1 : never, outcome, done ? "" : "HTTP " + (500 + index % 3), -1, 0));
    }
    return records;
  }

  private static void appendOneMore(Path requests) throws IOException {
    List<NodeRecord> all;
    try (var lines = RequestFile.read(requests)) {
      all = new ArrayList<>(lines.toList());
    }
    all.add(new NodeRecord("load-0", SampleRun.completed(PLANNED)));
    try (RequestFile file = RequestFile.create(requests)) {
      file.append(all);
    }
  }
}
