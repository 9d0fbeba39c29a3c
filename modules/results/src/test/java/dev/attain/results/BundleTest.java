package dev.attain.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.Point;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.SampleSize;
import dev.attain.measurement.Snapshot;
import dev.attain.measurement.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
  @TempDir
  Path folder;

  @Test
  void aNewBundleSaysAtOnceThatItIsIncompleteAndWhatIsPlanned() throws Exception {
    Experiment experiment = SampleRun.twoDeployments(folder);
    BundleWriter writer = BundleWriter.create(folder.resolve("results"), experiment, SampleRun.STARTED,
        SampleRun.PROVENANCE);

    Bundle bundle = Bundle.open(writer.folder());

    assertThat(bundle.manifest().complete()).isFalse();
    assertThat(bundle.manifest().points()).hasSize(4)
        .allSatisfy(point -> assertThat(point.state()).isEqualTo(PointState.PLANNED));
    assertThat(bundle.summaries()).isEmpty();
    assertThat(bundle.records(bundle.manifest().points().getFirst())).isEmpty();
    assertThat(writer.logs()).isDirectory();
  }

  @Test
  void everythingWrittenCanBeReadBack() throws Exception {
    Experiment experiment = SampleRun.twoDeployments(folder);

    Bundle bundle = Bundle.open(SampleRun.write(folder.resolve("results"), experiment));

    assertThat(bundle.manifest().complete()).isTrue();
    assertThat(bundle.manifest().finishedAt()).isPresent();
    assertThat(bundle.manifest().engines()).hasSize(2);
    assertThat(bundle.manifest().configuration().at("/load/rates").toString()).contains("2.5");
    assertThat(bundle.summaries()).hasSize(4).allMatch(PointSummary::conserved);
    for (PointEntry point : bundle.manifest().points()) {
      assertThat(point.verdict()).contains(Verdict.UNDECIDED);
      assertThat(point.scheduleHash()).isEqualTo(SampleRun.HASH);
      assertThat(point.path()).startsWith(point.deployment() + "/points/");
      try (Stream<NodeRecord> records = bundle.records(point)) {
        assertThat(records.map(NodeRecord::record)).isEqualTo(SampleRun.recordsOf(point.deployment()));
      }
    }
  }

  @Test
  void aSummarySurvivesItsFileUnchanged() throws Exception {
    Experiment experiment = SampleRun.oneDeployment(folder);
    Point point = experiment.points(experiment.deployments().getFirst()).getFirst();
    List<RequestRecord> records = SampleRun.records(40);
    PointSummary summary = SampleRun.summary(experiment, point, records, 40, List.of(new FailureCount("FAILED", 4)));

    Path file = folder.resolve("summary.json");
    AtomicFile.write(file, Json.pretty(summary));

    assertThat(Json.read(file, PointSummary.class)).isEqualTo(summary);
  }

  @Test
  void aSummaryFromBeforeGapsOfTokensAndConnectionsAndConfidenceWereWrittenIsStillRead() throws Exception {
    Experiment experiment = SampleRun.oneDeployment(folder);
    Point point = experiment.points(experiment.deployments().getFirst()).getFirst();
    PointSummary summary = SampleRun.summary(experiment, point, SampleRun.records(40), 40, List.of());
    ObjectNode tree = Json.MAPPER.valueToTree(summary);
    tree.remove(List.of("itlPerToken", "connections", "tokens", "confidence"));
    Path file = Files.write(folder.resolve("summary.json"), Json.pretty(tree));

    PointSummary read = Json.read(file, PointSummary.class);
    assertThat(read.itlPerToken()).isEqualTo(summary.itl());
    assertThat(read.connections()).isEmpty();
    assertThat(read.tokens()).isEmpty();
    assertThat(read.confidence()).isEmpty();
    assertThat(read.sampleSize()).isEqualTo(SampleSize.ofIndependent(40));
  }

  @Test
  void aSingleDeploymentHasItsFilesOneLevelUp() throws Exception {
    Path bundle = SampleRun.write(folder.resolve("results"), SampleRun.oneDeployment(folder));

    assertThat(bundle.resolve("vllm-2.5qps-1.json")).isRegularFile();
    assertThat(bundle.resolve("vllm-8qps-1.json")).isRegularFile();
    assertThat(bundle.resolve("points")).isDirectory();
    assertThat(bundle.resolve("colocated")).doesNotExist();
  }

  @Test
  void nothingIsWrittenBesideTheBundleButTheIndexAndNoHalfFilesStay() throws Exception {
    Path root = folder.resolve("results");
    Path bundle = SampleRun.write(root, SampleRun.twoDeployments(folder));

    try (Stream<Path> files = Files.walk(root)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).filteredOn(file -> !file.startsWith(bundle)).containsExactly(root.resolve("README.md"));
      assertThat(all).noneMatch(file -> file.getFileName().toString().endsWith(".unfinished"));
    }
    assertThat(Files.readAllLines(bundle.resolve("disaggregated/points/disaggregated-8qps-1/timeline.csv"))).hasSize(2);
    assertThat(Files.readAllLines(bundle.resolve("summary.csv"))).hasSize(5)
        .allSatisfy(line -> assertThat(line.replaceAll("\"[^\"]*\"", "").chars().filter(it -> it == ',').count())
            .isEqualTo(70));
  }

  @Test
  void theTableHasTheStagesOfRequestsInTwoLegsAndEmptyCellsElsewhere() throws Exception {
    Path bundle = SampleRun.write(folder.resolve("results"), SampleRun.twoDeployments(folder));
    List<String> lines = Files.readAllLines(bundle.resolve("summary.csv"));
    List<String> columns = List.of(lines.getFirst().split(","));

    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.replaceAll("\"[^\"]*\"", "").split(",", -1);
      for (String stage : List.of("prefill_leg", "hand_over", "decode_first")) {
        for (String figure : List.of("mean", "p50", "p90", "p99", "share")) {
          String cell = cells[columns.indexOf(stage + "_" + figure)];
          assertThat(cell.isEmpty()).as("%s_%s of %s", stage, figure, cells[1]).isEqualTo(cells[0].equals("colocated"));
        }
      }
      if (cells[0].equals("disaggregated")) {
        assertThat(Double.parseDouble(cells[columns.indexOf("prefill_leg_p50")])).isBetween(0.040, 0.0401);
        assertThat(Double.parseDouble(cells[columns.indexOf("decode_first_share")])).isBetween(0.324, 0.326);
      }
    }
  }

  @Test
  void theStagesCanBeComputedAgainFromTheRecordsOnDisk() throws Exception {
    Bundle bundle = Bundle.open(SampleRun.write(folder.resolve("results"), SampleRun.twoDeployments(folder)));
    PointEntry point = bundle.manifest().points().getLast();
    PointSummary summary = bundle.summaries().getLast();
    assertThat(point.deployment()).isEqualTo("disaggregated");

    try (Stream<NodeRecord> records = bundle.records(point)) {
      List<RequestRecord> inTwoLegs = records.map(NodeRecord::record).filter(RequestRecord::completed).toList();
      assertThat(mean(inTwoLegs, RequestRecord::prefillLegNanos)).isCloseTo(summary.stages().get("prefillLeg").mean(),
          withinPercentage(0.1));
      assertThat(mean(inTwoLegs, RequestRecord::handOverNanos)).isCloseTo(summary.stages().get("handOver").mean(),
          withinPercentage(0.1));
      assertThat(mean(inTwoLegs, RequestRecord::decodeFirstNanos))
          .isCloseTo(summary.stages().get("decodeFirst").mean(), withinPercentage(0.1));
    }
  }

  private static double mean(List<RequestRecord> records, ToLongFunction<RequestRecord> nanos) {
    return records.stream().mapToLong(nanos).average().orElseThrow() / 1e9;
  }

  @Test
  void twoRunsInTheSameSecondGetFoldersOfTheirOwnAndARowEach() throws Exception {
    Path root = folder.resolve("results");
    Experiment experiment = SampleRun.oneDeployment(folder);

    Path first = SampleRun.write(root, experiment);
    Path second = SampleRun.write(root, experiment);

    assertThat(second).isNotEqualTo(first).hasFileName(first.getFileName() + "-2");
    assertThat(Files.readAllLines(root.resolve("README.md"))).filteredOn(line -> line.startsWith("| 20")).hasSize(2)
        .first().asString().contains("llama-3.1-8b", "colocated (2 x TP 1)", "sample.conf", "2 UNDECIDED",
            "(synthetic/" + first.getFileName() + "/)");
  }

  @Test
  void aRunThatIsCutOffLeavesItsFlushedRecordsReadable() throws Exception {
    Experiment experiment = SampleRun.oneDeployment(folder);
    List<RequestRecord> records = SampleRun.records(40);
    BundleWriter writer = BundleWriter.create(folder.resolve("results"), experiment, SampleRun.STARTED,
        SampleRun.PROVENANCE);
    Point point = experiment.points(experiment.deployments().getFirst()).getFirst();
    writer.startPoint(point, SampleRun.HASH).append(SampleRun.onNode("load-1", records));

    Bundle bundle = Bundle.open(writer.folder());

    PointEntry entry = bundle.manifest().points().getFirst();
    assertThat(entry.state()).isEqualTo(PointState.RUNNING);
    assertThat(bundle.manifest().complete()).isFalse();
    try (Stream<NodeRecord> read = bundle.records(entry)) {
      assertThat(read.map(NodeRecord::record)).isEqualTo(records);
    }
  }

  @Test
  void whatBecomesKnownAfterTheEndDoesNotChangeIt() throws Exception {
    Experiment experiment = SampleRun.oneDeployment(folder);
    BundleWriter writer = BundleWriter.create(folder.resolve("results"), experiment, SampleRun.STARTED,
        SampleRun.PROVENANCE);
    writer.incomplete("interrupted by ctrl-C");
    writer.recordModel("another");
    writer.close();
    writer.complete();

    Manifest manifest = Bundle.open(writer.folder()).manifest();

    assertThat(manifest.complete()).isFalse();
    assertThat(manifest.incompleteReason()).isEqualTo("interrupted by ctrl-C");
    assertThat(manifest.model()).isEqualTo("llama-3.1-8b");
    assertThat(folder.resolve("results/README.md")).content().containsOnlyOnce("incomplete: interrupted by ctrl-C");
  }

  @Test
  void aRunMayEndWhileAPointIsBeingFinished() throws Exception {
    Experiment experiment = SampleRun.oneDeployment(folder);
    for (int round = 0; round < 20; round++) {
      BundleWriter writer = BundleWriter.create(folder.resolve("results"), experiment, SampleRun.STARTED,
          SampleRun.PROVENANCE);
      PointWriter open = writer.startPoint(experiment.points(experiment.deployments().getFirst()).getFirst(),
          SampleRun.HASH);
      List<RequestRecord> records = SampleRun.records(40);
      open.append(SampleRun.onNode("load-1", records));
      Snapshot total = SampleRun.snapshot(experiment, records, 40);
      Point point = experiment.points(experiment.deployments().getFirst()).getFirst();
      PointSummary summary = SampleRun.summary(experiment, point, records, 40, List.of());

      try (var threads = Executors.newFixedThreadPool(2)) {
        Future<?> finishing = threads.submit(() -> {
          open.finish(summary, total.latencies());
          return null;
        });
        Future<?> ending = threads.submit(() -> {
          writer.incomplete("interrupted by ctrl-C");
          return null;
        });
        finishing.get(10, TimeUnit.SECONDS);
        ending.get(10, TimeUnit.SECONDS);
      }

      Bundle bundle = Bundle.open(writer.folder());
      assertThat(bundle.manifest().incompleteReason()).isEqualTo("interrupted by ctrl-C");
      assertThat(bundle.summaries()).containsExactly(summary);
    }
  }

  @Test
  void onlyTheMostFrequentReasonsAreListedAndTheRestIsCounted() throws Exception {
    Experiment experiment = SampleRun.oneDeployment(folder);
    BundleWriter writer = BundleWriter.create(folder.resolve("results"), experiment, SampleRun.STARTED,
        SampleRun.PROVENANCE);
    PointWriter point = writer.startPoint(experiment.points(experiment.deployments().getFirst()).getFirst(),
        SampleRun.HASH);
    for (int reason = 0; reason < 25; reason++) {
      for (int times = 0; times <= reason; times++) {
        point.append(SampleRun.onNode("load-1", List.of(SampleRun.failed(times, "reason " + reason))));
      }
    }

    assertThat(point.failures()).hasSize(21).startsWith(new FailureCount("FAILED: reason 24", 25))
        .endsWith(new FailureCount("5 other reasons", 1 + 2 + 3 + 4 + 5));
    writer.close();
  }

  @Test
  void resultsThatCannotBeWrittenAreRefusedInOneSentenceNamingThem() throws Exception {
    Path file = Files.writeString(folder.resolve("occupied"), "");
    Experiment experiment = SampleRun.oneDeployment(folder);

    assertThatThrownBy(() -> BundleWriter.create(file, experiment, SampleRun.STARTED, SampleRun.PROVENANCE))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write results to " + file)
        .hasMessageContaining("--results DIR");
  }

  @Test
  void aFolderWithoutManifestIsNotABundle() {
    assertThatThrownBy(() -> Bundle.open(folder)).isInstanceOf(BundleException.class)
        .hasMessage(folder + " is not a bundle: it has no manifest.json");
  }

  @Test
  void anotherSchemaVersionIsRefusedByNumber() throws Exception {
    Path bundle = SampleRun.write(folder.resolve("results"), SampleRun.oneDeployment(folder));
    Path manifest = bundle.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 2"));

    assertThatThrownBy(() -> Bundle.open(bundle)).isInstanceOf(BundleException.class)
        .hasMessage(manifest + ": schemaVersion is 2; this program reads version 1");
  }

  @Test
  void aDamagedDocumentIsNamedInTheError() throws Exception {
    Path bundle = SampleRun.write(folder.resolve("results"), SampleRun.oneDeployment(folder));
    Path summary = bundle.resolve("points/colocated-8qps-1/summary.json");
    Files.writeString(summary, Files.readString(summary).replace("\"planned\"", "\"plan\""));

    assertThatThrownBy(() -> Bundle.open(bundle)).isInstanceOf(BundleException.class)
        .hasMessageStartingWith(summary.toString()).hasMessageContaining("planned");

    Files.delete(summary);
    assertThatThrownBy(() -> Bundle.open(bundle)).isInstanceOf(BundleException.class)
        .hasMessageContaining("is missing, although the manifest calls the point finished");
  }

  @Test
  void histogramLogsCanBeReadByTheLibrarysOwnReader() throws Exception {
    Path bundle = SampleRun.write(folder.resolve("results"), SampleRun.oneDeployment(folder));
    var reader = new HistogramLogReader(bundle.resolve("points/colocated-8qps-1/histograms.hlog").toString());

    Histogram first = (Histogram) reader.nextIntervalHistogram();

    assertThat(first.getTag()).isEqualTo("ttft");
    assertThat(first.getTotalCount()).isEqualTo(36);
    assertThat(first.getValueAtPercentile(50)).isBetween(59_900L, 60_100L);
  }
}
