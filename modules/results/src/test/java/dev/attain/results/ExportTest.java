package dev.attain.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.attain.experiment.Point;
import dev.attain.results.Export.Format;
import dev.attain.results.Export.Written;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
  @TempDir
  Path folder;

  private Bundle bundle() throws Exception {
    return Bundle.open(SampleRun.write(folder.resolve("results"), SampleRun.twoDeployments(folder)));
  }

  private Written written(Bundle bundle, String point, Format format) throws Exception {
    PointEntry entry = bundle.manifest().points().stream().filter(it -> it.point().equals(point)).findFirst()
        .orElseThrow();
    return new Export(bundle, folder.resolve("out")).write(entry, format).orElseThrow();
  }

  @Test
  void everyRequestIsALineOfCsvWithItsTimesAsTheyWereRecorded() throws Exception {
    Written csv = written(bundle(), "disaggregated-8qps-1", Format.CSV);

    assertThat(csv).isEqualTo(new Written(folder.resolve("out/disaggregated-8qps-1.csv"), 40, ""));
    List<String> lines = Files.readAllLines(csv.file());
    assertThat(lines).hasSize(41).first().isEqualTo(String.join(",", Export.columns()));
    assertThat(lines.get(1)).startsWith("disaggregated,disaggregated-8qps-1,8.0,,1,load-1,0,COMPLETED,,true,true,true,"
        + "0.060000000,0.010000000,0.160000000,0.059992999,");
    assertThat(lines.get(10)).contains(",9,FAILED,\"HTTP 500 \"\"oh no\"\", <b>\",false,false,false,,,,,,");
  }

  @Test
  void everyLineOfJsonKeepsToTheSchemaWhoseNamesAreTheColumnsOfCsv() throws Exception {
    Bundle bundle = bundle();
    JsonNode described;
    try (InputStream in = Export.class.getResourceAsStream("/schema/request.schema.json")) {
      described = Json.MAPPER.readTree(in);
    }
    var names = new ArrayList<String>();
    described.get("properties").fieldNames().forEachRemaining(names::add);
    assertThat(names).isEqualTo(Export.columns());

    JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(described);
    for (PointEntry point : bundle.manifest().points()) {
      Written jsonl = written(bundle, point.point(), Format.JSONL);
      List<String> lines = Files.readAllLines(jsonl.file());
      assertThat(lines).hasSize(40);
      for (String line : lines) {
        assertThat(schema.validate(Json.MAPPER.readTree(line))).isEmpty();
      }
    }
  }

  @Test
  void theFilesOfVllmBenchAreThoseOfTheRunInAFolderForEachDeployment() throws Exception {
    Bundle bundle = bundle();
    Written vllm = written(bundle, "colocated-2.5qps-1", Format.VLLM);

    assertThat(vllm.file()).isEqualTo(folder.resolve("out/colocated/vllm-2.5qps-1.json"))
        .hasSameBinaryContentAs(bundle.folder().resolve("colocated/vllm-2.5qps-1.json"));
    assertThat(Contender.ofVllmFolder(folder.resolve("out/colocated"), false).loads()).hasSize(1);
  }

  @Test
  void damagedRecordsGiveNoFileUnlessTheBundleSaysThatItIsIncomplete() throws Exception {
    Bundle bundle = bundle();
    Path requests = bundle.requests(bundle.manifest().points().getFirst());
    byte[] whole = Files.readAllBytes(requests);
    Files.write(requests, Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> written(bundle, "colocated-2.5qps-1", Format.CSV)).isInstanceOf(BundleException.class)
        .hasMessageContainingAll(requests + ": ", " of its 40 records can be read: it was cut off");
    assertThat(folder.resolve("out")).isEmptyDirectory();
  }

  @Test
  void aPointThatWasNotFinishedIsExportedAsFarAsItCame() throws Exception {
    var experiment = SampleRun.oneDeployment(folder);
    try (BundleWriter writer = BundleWriter.create(folder.resolve("results"), experiment, SampleRun.STARTED,
        SampleRun.PROVENANCE)) {
      Point point = experiment.points(experiment.deployments().getFirst()).getFirst();
      writer.startPoint(point, SampleRun.HASH).append(SampleRun.onNode("load-1", SampleRun.records(7)));
      Bundle bundle = Bundle.open(writer.folder());
      var export = new Export(bundle, folder.resolve("out"));

      Written csv = written(bundle, point.id(), Format.CSV);
      assertThat(csv.requests()).isEqualTo(7);
      assertThat(csv.remark()).isEqualTo("the point was not finished");
      assertThat(export.write(bundle.manifest().points().getFirst(), Format.VLLM)).isEmpty();
      assertThat(export.write(bundle.manifest().points().getLast(), Format.JSONL)).as("never started").isEmpty();
    }
  }
}
