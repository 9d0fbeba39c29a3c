package dev.attain.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
  @TempDir
  Path folder;

  @Test
  void everyWrittenSummaryAndManifestKeepsToItsSchema() throws Exception {
    Path root = folder.resolve("results");
    Path bundle = SampleRun.write(root, SampleRun.twoDeployments(folder));
    BundleWriter unfinished = BundleWriter.create(root, SampleRun.oneDeployment(folder), SampleRun.STARTED,
        SampleRun.PROVENANCE);

    assertThat(problems("manifest", bundle.resolve("manifest.json"))).isEmpty();
    assertThat(problems("manifest", unfinished.folder().resolve("manifest.json"))).isEmpty();
    List<Path> summaries;
    try (Stream<Path> files = Files.walk(bundle)) {
      summaries = files.filter(file -> file.endsWith("summary.json")).toList();
    }
    assertThat(summaries).hasSize(4);
    for (Path summary : summaries) {
      assertThat(problems("summary", summary)).isEmpty();
      assertThat(problems("server-metrics", summary.resolveSibling("server-metrics.json"))).isEmpty();
    }
  }

  @Test
  void theSchemasDescribeExactlyTheFieldsThatAreWritten() throws Exception {
    Path bundle = SampleRun.write(folder.resolve("results"), SampleRun.oneDeployment(folder));

    assertSameFields("manifest", bundle.resolve("manifest.json"));
    assertSameFields("summary", bundle.resolve("points/colocated-8qps-1/summary.json"));
    assertSameFields("server-metrics", bundle.resolve("points/colocated-8qps-1/server-metrics.json"));
  }

  @Test
  void aClosedLoopIsDescribedToo() throws Exception {
    Path bundle = SampleRun.write(folder.resolve("results"), SampleRun.closedLoop(folder));
    Path summary = bundle.resolve("points/colocated-concurrency2-1/summary.json");

    assertThat(problems("manifest", bundle.resolve("manifest.json"))).isEmpty();
    assertThat(problems("summary", summary)).isEmpty();
    JsonNode json = Json.MAPPER.readTree(summary.toFile());
    assertThat(json.get("loop").asText()).isEqualTo("closed");
    assertThat(json.get("concurrency").asInt()).isEqualTo(2);
    assertThat(json.get("rate").isNull()).isTrue();
    assertThat(Json.MAPPER.readTree(bundle.resolve("manifest.json").toFile()).get("arrivals").asText())
        .isEqualTo("closed loop, no think time");
  }

  @Test
  void theSchemasNoticeAMissingFieldAndAShareAboveOne() throws Exception {
    Path bundle = SampleRun.write(folder.resolve("results"), SampleRun.oneDeployment(folder));
    Path file = bundle.resolve("points/colocated-8qps-1/summary.json");
    ObjectNode summary = (ObjectNode) Json.MAPPER.readTree(file.toFile());

    summary.remove("goodput");
    ((ObjectNode) summary.get("attainment")).put("both", 90);

    assertThat(schema("summary").validate(summary)).extracting(Object::toString)
        .anyMatch(problem -> problem.contains("goodput")).anyMatch(problem -> problem.contains("attainment.both"));
  }

  @Test
  void theSchemaNoticesAStageItDoesNotKnowAndOneWithoutItsShare() throws Exception {
    Path bundle = SampleRun.write(folder.resolve("results"), SampleRun.twoDeployments(folder));
    Path file = bundle.resolve("disaggregated/points/disaggregated-8qps-1/summary.json");
    ObjectNode summary = (ObjectNode) Json.MAPPER.readTree(file.toFile());
    ObjectNode stages = (ObjectNode) summary.get("stages");

    ((ObjectNode) stages.get("handOver")).remove("share");
    stages.set("decode", stages.get("decodeFirst"));

    assertThat(schema("summary").validate(summary)).extracting(Object::toString)
        .anyMatch(problem -> problem.contains("stages.handOver") && problem.contains("share"))
        .anyMatch(problem -> problem.contains("'decode'"));
  }

  private static void assertSameFields(String name, Path file) throws IOException {
    JsonNode described = tree(name).get("properties");
    JsonNode written = Json.MAPPER.readTree(file.toFile());
    List<String> names = new ArrayList<>();
    described.fieldNames().forEachRemaining(names::add);
    assertThat(written.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(names);
  }

  private static Iterable<?> problems(String name, Path file) throws IOException {
    return schema(name).validate(Json.MAPPER.readTree(file.toFile()));
  }

  private static JsonSchema schema(String name) throws IOException {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(tree(name));
  }

  private static JsonNode tree(String name) throws IOException {
    try (InputStream in = SchemaTest.class.getResourceAsStream("/schema/" + name + ".schema.json")) {
      return Json.MAPPER.readTree(in);
    }
  }
}
