package dev.attain.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Planning;
import dev.attain.experiment.PlanningReader;
import dev.attain.results.PlanSummary.AttainmentCurve;
import dev.attain.results.PlanSummary.CurvePoint;
import dev.attain.results.PlanSummary.ExcludedDeployment;
import dev.attain.results.RankedDeployment.LatencyQuantiles;
import dev.attain.results.RankedDeployment.PlannedInstances;
import dev.attain.results.RankedDeployment.RateEstimate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents in the bundle of a plan, and their published schemas. */
class PlanSchemaTest {
  private static final Path SAMPLE = Path.of("../../results/sample/plan-8b-h100");

  @TempDir
  private Path folder;

  private Planning planning() throws Exception {
    Path file = Files.writeString(folder.resolve("sample.conf"), """
      model.name = llama-3.1-8b
      slo { ttft = 500 ms, tpot = 30 ms }
      deployments = [
        { name = colocated, kind = colocated, replicas = 2 }
        { name = disaggregated, kind = disaggregated, prefill.instances = 1, decode.instances = 1 }
      ]
      """);
    return PlanningReader.read(file, Map.of(), Map.of());
  }

  private static PlanSummary plan(Planning planning) {
    Deployment best = planning.deployments().getFirst();
    RankedDeployment ranked = new RankedDeployment(1, DeploymentFacts.of(best), new RateEstimate(20, 18.5, 21),
        new RateEstimate(10, 9.25, 10.5), List.of(19.0, 21.0), true, "TTFT", new LatencyQuantiles(0.1, 0.3, 0.6),
        new LatencyQuantiles(0.01, 0.02, 0.03),
        List.of(new PlannedInstances("colocated", 2, List.of("--model", "llama-3.1-8b"))), List.of("a note"));
    return PlanSummary.of(planning, "h100", List.of(ranked),
        List.of(new ExcludedDeployment(DeploymentFacts.of(planning.deployments().getLast()), "no room")),
        List.of(new AttainmentCurve("colocated", 2, List.of(new CurvePoint(5, 1, 1, 1, 0.98, 1)))));
  }

  private Path written() throws Exception {
    Planning planning = planning();
    PlanBundleWriter writer = PlanBundleWriter.create(folder.resolve("results"), planning, SampleRun.STARTED,
        SampleRun.PROVENANCE);
    assertThat(problems("plan-manifest", tree(writer.folder().resolve("manifest.json")))).as("unfinished").isEmpty();
    writer.complete(plan(planning));
    return writer.folder();
  }

  @Test
  void whatIsWrittenKeepsToTheSchemasAndHasNoFieldThatTheyDoNotDescribe() throws Exception {
    Path bundle = written();

    assertThat(problems("plan", tree(bundle.resolve("plan.json")))).isEmpty();
    assertThat(problems("plan-manifest", tree(bundle.resolve("manifest.json")))).isEmpty();
  }

  @Test
  void theSampleThatComesWithTheToolKeepsToThem() throws Exception {
    assertThat(problems("plan", tree(SAMPLE.resolve("plan.json")))).isEmpty();
    assertThat(problems("plan-manifest", tree(SAMPLE.resolve("manifest.json")))).isEmpty();
  }

  @Test
  void aMissingFieldAShareAboveOneAndAnUnknownFieldAreNoticed() throws Exception {
    ObjectNode plan = (ObjectNode) tree(written().resolve("plan.json"));

    ((ObjectNode) plan.at("/ranking/0")).remove("binding");
    ((ObjectNode) plan.at("/ranking/0/deployment")).put("colour", "blue");
    ((ObjectNode) plan.at("/curves/0/points/0")).put("both", 98);

    assertThat(problems("plan", plan)).anyMatch(problem -> problem.contains("binding"))
        .anyMatch(problem -> problem.contains("colour")).anyMatch(problem -> problem.contains("points[0].both"));
  }

  /** Against the schema made strict: readers pass over what they do not know, but writers write only what it says. */
  private static List<String> problems(String name, JsonNode document) throws IOException {
    try (InputStream in = PlanSchemaTest.class.getResourceAsStream("/schema/" + name + ".schema.json")) {
      JsonNode schema = Json.MAPPER.readTree(in);
      makeStrict(schema);
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema).validate(document).stream()
          .map(Object::toString).toList();
    }
  }

  private static void makeStrict(JsonNode schema) {
    schema.forEach(PlanSchemaTest::makeStrict);
    if (schema instanceof ObjectNode object && object.path("type").asText().equals("object")
        && object.has("properties")) {
      object.put("additionalProperties", false);
    }
  }

  private static JsonNode tree(Path file) throws IOException {
    return Json.MAPPER.readTree(file.toFile());
  }
}
