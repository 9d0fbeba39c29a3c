package dev.attain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.experiment.Planning;
import dev.attain.experiment.PlanningReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PlanSessionTest {
  private static final String SMALL = """
    name = small
    slo { ttft = 500 ms, tpot = 30 ms }
    model.name = llama-3.1-8b
    engine.options.max-model-len = 4096
    workload { prompt-tokens = 512, output-tokens = 16 }
    plan { gpus = 2, requests = 200, seeds = 2, resolution = 10, colocated.tensor-parallel = [1, 2] }
    """;

  @RegisterExtension
  final Printed printed = new Printed();

  @TempDir
  Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

  private ExitCode plan(String more, String results) throws Exception {
    Path file = folder.resolve("x.conf");
    Files.writeString(file, SMALL + more);
    Planning planning = PlanningReader.read(file, Map.of(), Map.of());
    return new PlanSession(planning, folder.resolve(results), List.of("attain", "plan"),
        new Terminal(new PrintStream(out, true), new PrintStream(progress, true), false, false)).run();
  }

  private Path bundle(String results) throws Exception {
    try (var bundles = Files.list(folder.resolve(results).resolve("synthetic"))) {
      return bundles.findFirst().orElseThrow();
    }
  }

  @Test
  void leavesABundleWithTableAndPicturesAndSaysThatItIsASimulation() throws Exception {
    assertThat(plan("", "a")).isEqualTo(ExitCode.SUCCESS);
    assertThat(bundle("a")).isDirectoryContaining("glob:**plan.json").isDirectoryContaining("glob:**plan.csv")
        .isDirectoryContaining("glob:**report.html").isDirectoryContaining("glob:**report.md");
    assertThat(bundle("a").resolve("plots/ranking.svg")).content().contains("2x-tp1", "1x-tp2");
    assertThat(bundle("a").resolve("plots/attainment-over-rate.svg")).exists();
    assertThat(bundle("a").resolve("manifest.json")).content().contains("\"complete\" : true", "\"kind\" : \"plan\"");
    assertThat(folder.resolve("a/README.md")).content().contains("2 planned");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("2x-tp1", "This is a simulation", "serves most");
    assertThat(progress.toString(StandardCharsets.UTF_8)).contains("2 of 2 deployments");
  }

  @Test
  void sameSeedLeavesTheSameBytes() throws Exception {
    plan("", "a");
    plan("", "b");
    assertThat(bundle("a").resolve("plan.json")).hasSameBinaryContentAs(bundle("b").resolve("plan.json"));
    assertThat(bundle("a").resolve("plan.csv")).hasSameBinaryContentAs(bundle("b").resolve("plan.csv"));
  }

  @Test
  void reportMakesItsViewsAgainFromWhatWasFound() throws Exception {
    plan("", "a");
    Path bundle = bundle("a");
    Map<Path, String> before = contents(bundle);
    for (String view : List.of("report.html", "plan.csv", "plots/ranking.svg")) {
      Files.delete(bundle.resolve(view));
    }
    Files.writeString(bundle.resolve("report.md"), "scribbled over");

    assertThat(printed.attain("report", bundle)).as(printed.err()).isZero();

    assertThat(contents(bundle)).isEqualTo(before);
    assertThat(printed.out()).contains("2x-tp1", "This is a simulation", "report: " + bundle.resolve("report.html"));
    assertThat(printed.attain("report", bundle, "--output", folder.resolve("views"))).isZero();
    assertThat(folder.resolve("views/plan.csv")).hasSameTextualContentAs(bundle.resolve("plan.csv"));
    assertThat(printed.attain("list", folder.resolve("a"))).isZero();
    assertThat(printed.out()).contains("synthetic/small (plan)  4 plots, ", "  simulated");
  }

  @Test
  void whatAPlanCannotBeReportedByIsOneSentence() throws Exception {
    plan("", "a");
    Path bundle = bundle("a");

    refused(bundle + " is the bundle of a plan, which has no requests to judge by --ttft-slo; plan again with other"
        + " objectives", "report", bundle, "--ttft-slo", 200);
    refused(bundle + " is the bundle of a plan, which has no measured requests", "compare", bundle);
    Files.delete(bundle.resolve("plan.json"));
    refused(bundle + " has no plan.json, although its manifest calls the plan complete", "report", bundle);
    Path manifest = bundle.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"complete\" : true", "\"complete\" : false"));
    refused(bundle + " has no plan.json: the plan was not finished; plan again", "report", bundle);
  }

  private void refused(String sentence, String command, Object... arguments) {
    assertThat(printed.attain(command, arguments)).isEqualTo(3);
    assertThat(printed.err()).startsWith("attain: " + sentence).hasLineCount(1);
  }

  private static Map<Path, String> contents(Path root) throws Exception {
    var contents = new TreeMap<Path, String>();
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(file, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  @Test
  void noDeploymentThatCanExistIsAFailureWithReasons() throws Exception {
    assertThat(plan("model.name = llama-3.1-70b\nplan.colocated.tensor-parallel = 1", "a"))
        .isEqualTo(ExitCode.COULD_NOT_START);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("2x-tp1 cannot exist: ", "No deployment can exist.");
  }
}
