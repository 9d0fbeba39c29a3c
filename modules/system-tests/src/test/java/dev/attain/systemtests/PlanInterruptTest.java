package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan computes for minutes on all cores; whoever has seen enough ends it with a signal. */
@StartsProcesses
class PlanInterruptTest {
  private static final Duration GONE = Duration.ofSeconds(20);
  /** Hours of work. */
  private static final String ENDLESS = """
    model.name = llama-3.1-8b
    workload { prompt-tokens = 512, output-tokens = 256 }
    slo { ttft = 500 ms, tpot = 30 ms }
    plan {
      gpus = 8, requests = 20000, seeds = 30, resolution = 0.1
      colocated { tensor-parallel = [1, 2, 4, 8], max-num-batched-tokens = [512, 1024, 2048, 4096, 8192] }
    }
    """;

  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalEndsAPlanAtOnceAndItsBundleSaysSo(String signal, int exitCode) throws IOException {
    Path conf = Experiments.writeAlone(folder, "endless", ENDLESS);
    try (AttainProcess attain = AttainProcess.start(folder, "plan", conf.toString())) {
      attain.awaitLine("attain .*: plan endless: 20 deployments");
      attain.until("a bundle", () -> bundleFolder().isPresent());
      attain.signal(signal);

      AttainProcess.Ended ended = attain.awaitEnd(GONE);
      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
      attain.marked().requireNoneWithin(GONE);
      assertThat(ended.err()).contains("attain: interrupted").doesNotContain("\tat ");
    }
    Path bundle = bundleFolder().orElseThrow();
    JsonNode manifest = RunBundle.json(bundle.resolve("manifest.json"));
    assertThat(manifest.get("kind").asText()).isEqualTo("plan");
    assertThat(manifest.get("complete").asBoolean()).isFalse();
    assertThat(manifest.get("incompleteReason").asText()).isEqualTo("the plan was interrupted");
    assertThat(RunBundle.schema("plan-manifest").get("required")).extracting(JsonNode::asText)
        .allSatisfy(name -> assertThat(manifest.has(name)).as(name).isTrue());
    assertThat(bundle.resolve("plan.json")).as("half a ranking would be none").doesNotExist();
    assertThat(Files.readString(folder.resolve("results/README.md"))).as("the index of runs")
        .contains("none; incomplete: the plan was interrupted");
  }

  @Test
  void aSignalBeforeThePlanHasBegunLeavesNoBundleOrOneThatIsKnownToBeIncomplete() {
    Path conf = Experiments.writeAlone(folder, "early", ENDLESS);
    try (AttainProcess attain = AttainProcess.start(folder, "plan", conf.toString())) {
      attain.signal("INT");

      assertThat(attain.awaitEnd(GONE).exitCode()).isEqualTo(130);
      attain.marked().requireNoneWithin(GONE);
    }
    assertThat(bundleFolder()).as("there need not be one").satisfies(found -> found
        .map(bundle -> RunBundle.json(bundle.resolve("manifest.json")).get("complete").asBoolean())
        .ifPresent(complete -> assertThat(complete).isFalse()));
  }

  private Optional<Path> bundleFolder() {
    return RunBundle.below(folder.resolve("results"));
  }
}
