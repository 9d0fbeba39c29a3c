package dev.attain.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.ExperimentReader;
import dev.attain.experiment.Point;
import dev.attain.experiment.SearchedExperiment;
import dev.attain.measurement.Verdict;
import dev.attain.results.FoundLoad.PerGpu;
import dev.attain.results.FoundLoad.Probe;
import dev.attain.results.FoundLoad.Segment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundle of a search: what it found, and how it goes on. */
class FoundLoadsTest {
  @TempDir
  private Path folder;

  private SearchedExperiment searched;
  private Experiment experiment;

  private static SearchedExperiment read(Path folder, String more) throws Exception {
    Path file = Files.writeString(folder.resolve("sample.conf"), """
      model.name = llama-3.1-8b
      slo { ttft = 500 ms, tpot = 30 ms }
      deployments = [{ name = colocated, kind = colocated, replicas = 2 }]
      find-rate { start = 8, requests = 40 }
      """ + more);
    return ExperimentReader.readSearch(file, Map.of(), Map.of());
  }

  @BeforeEach
  void readExperiment() throws Exception {
    searched = read(folder, "");
    experiment = searched.experiment();
  }

  private FoundLoads found() {
    var segment = new Segment("colocated-8qps-1", 1, 0.95, 40, false, "", 5);
    var probe = new Probe(8, Verdict.PASS, 0.95, 0.91, 0.98, 30, List.of(segment));
    var found = new FoundLoad("colocated", 2, FoundLoad.Answer.AT, Optional.of(9.5), Optional.of(9.0),
        Optional.empty(), Optional.of(new PerGpu(4.75, Optional.of(4.5), Optional.empty())), Optional.of(9.0),
        Optional.of(9.8), FoundLoad.End.COMPLETED, "", 1, 40, 5, List.of(probe));
    return new FoundLoads(1, LoopKind.OPEN, Objectives.of(experiment.slo(), experiment.target()), 8, 0.5, 128, 0.05, 40,
        4,
        Optional.empty(), Optional.of(600.0), List.of(found));
  }

  private BundleWriter begun() throws IOException {
    BundleWriter writer = BundleWriter.create(folder.resolve("results"), experiment, SampleRun.STARTED,
        SampleRun.PROVENANCE);
    writer.recordFound(found());
    return writer;
  }

  private Point point(double rate, int repeat) {
    return searched.point(experiment.deployments().getFirst(), rate, repeat);
  }

  @Test
  void whatIsWrittenKeepsToTheSchemaAndComesBack() throws Exception {
    Path bundle = begun().folder();
    JsonNode written = Json.MAPPER.readTree(bundle.resolve("find-rate.json").toFile());

    assertThat(problems(written)).isEmpty();
    assertThat(Bundle.open(bundle).foundLoads()).contains(found());
    ((ObjectNode) written.at("/deployments/0")).remove("answer");
    ((ObjectNode) written.at("/deployments/0/probes/0")).put("share", 95);
    assertThat(problems(written)).anyMatch(problem -> problem.contains("answer"))
        .anyMatch(problem -> problem.contains("share"));
  }

  @Test
  void aSearchGoesOnWithWhatWasFinishedAndWritesTheRestAnew() throws Exception {
    try (BundleWriter writer = begun()) {
      SampleRun.writePoint(writer, experiment, point(8, 1));
      writer.startPoint(point(16, 1), "hash");
      writer.incomplete("the run was interrupted");
    }
    Path bundle = only();

    assertThat(BundleWriter.resumable(bundle, experiment).summaries()).hasSize(1);
    try (BundleWriter writer = BundleWriter.resume(bundle, experiment)) {
      assertThat(writer.folder()).isEqualTo(bundle.toAbsolutePath().normalize());
      SampleRun.writePoint(writer, experiment, point(16, 1));
      writer.complete();
    }
    Bundle resumed = Bundle.open(bundle);
    assertThat(resumed.manifest().complete()).isTrue();
    assertThat(resumed.manifest().startedAt()).isEqualTo(SampleRun.STARTED);
    assertThat(resumed.summaries()).extracting(PointSummary::point).containsExactly("colocated-8qps-1",
        "colocated-16qps-1");
    assertThat(Files.readAllLines(bundle.resolve("summary.csv"))).hasSize(3);
    assertThat(Files.readAllLines(folder.resolve("results/README.md"))).filteredOn(line -> line.startsWith("| 20"))
        .as("its newest end").singleElement().asString().doesNotContain("interrupted");
    assertThatThrownBy(() -> BundleWriter.resumable(bundle, experiment)).hasMessageEndingWith(
        "is complete; there is nothing to go on with");
  }

  @Test
  void anotherConfigurationIsNamedByItsFirstDifference() throws Exception {
    Path bundle = begun().folder();

    assertThatThrownBy(() -> BundleWriter.resumable(bundle, read(folder, "slo.ttft = 400 ms").experiment()))
        .hasMessageContaining("another configuration: slo.ttft was 500 ms and is now 400 ms; go on with the same one");
    assertThatThrownBy(
        () -> BundleWriter.resumable(bundle, read(folder, "engine.options.max-num-seqs = 4").experiment()))
        .hasMessageContaining("max-num-seqs was nothing and is now 4");
    assertThat(BundleWriter.resumable(bundle, read(folder, "assert = [\"colocated.max-rate >= 8\"]").experiment())
        .folder()).as("what is asserted changes nothing of what is measured").isEqualTo(bundle);
  }

  @Test
  void aRunsBundleIsRefused() throws Exception {
    Path bundle = SampleRun.write(folder.resolve("results"), SampleRun.oneDeployment(folder));

    assertThatThrownBy(() -> BundleWriter.resumable(bundle, experiment)).hasMessageContaining(
        "is not the bundle of a search: it has no find-rate.json");
    assertThat(Bundle.open(bundle).foundLoads()).isEmpty();
  }

  private Path only() throws IOException {
    try (var files = Files.walk(folder.resolve("results"))) {
      return files.filter(file -> file.endsWith("manifest.json")).map(Path::getParent).findFirst().orElseThrow();
    }
  }

  private static List<String> problems(JsonNode document) throws IOException {
    try (InputStream in = FoundLoadsTest.class.getResourceAsStream("/schema/find-rate.schema.json")) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Json.MAPPER.readTree(in)).validate(document)
          .stream().map(Object::toString).toList();
    }
  }
}
