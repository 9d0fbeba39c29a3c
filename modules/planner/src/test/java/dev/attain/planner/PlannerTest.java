package dev.attain.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.experiment.Planning;
import dev.attain.experiment.PlanningReader;
import dev.attain.results.PlanSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
  private static final String SMALL = """
    slo { ttft = 500 ms, tpot = 30 ms }
    model.name = llama-3.1-8b
    engine.options.max-model-len = 4096
    workload { prompt-tokens = 512, output-tokens = 16 }
    plan {
      gpus = 2, requests = 200, seeds = 2, resolution = 10
      colocated.tensor-parallel = [1, 2]
      disaggregated { prefill-tensor-parallel = 1, decode-tensor-parallel = 1 }
    }
    """;

  @TempDir
  Path folder;

  private Planning planning(String more) throws Exception {
    var file = folder.resolve("x.conf");
    Files.writeString(file, SMALL + more);
    return PlanningReader.read(file, Map.of(), Map.of());
  }

  private PlanSummary plan(String more, int threads) throws Exception {
    return Planner.plan(planning(more), threads, (what, done, total) -> {});
  }

  @Test
  void sameSeedGivesTheSameSummaryWhateverTheNumberOfThreads() throws Exception {
    assertThat(plan("", 1)).isEqualTo(plan("", 3));
    assertThat(plan("seed = 9", 1).ranking()).isNotEqualTo(plan("", 1).ranking());
  }

  @Test
  void ranksByRateForEachGpuAndHasACurveOfEachKind() throws Exception {
    var plan = plan("", 2);
    assertThat(plan.ranking()).extracting(ranked -> ranked.deployment().name())
        .containsExactlyInAnyOrder("2x-tp1", "1x-tp2", "1p1d-tp1");
    assertThat(plan.ranking()).isSortedAccordingTo(
        (one, other) -> Double.compare(other.maxRatePerGpu().mean(), one.maxRatePerGpu().mean()));
    assertThat(plan.ranking().getFirst().rank()).isEqualTo(1);
    assertThat(plan.ranking().getFirst().likeTheBest()).isTrue();
    assertThat(plan.curves()).hasSize(3).allSatisfy(curve -> assertThat(curve.points().getFirst().both())
        .isGreaterThan(curve.points().getLast().both()));
  }

  @Test
  void whatCannotExistIsListedWithItsReason() throws Exception {
    var plan = plan("model.name = llama-3.1-70b\nplan.gpus = 8\n"
        + "plan.colocated.tensor-parallel = [1, 8]\nplan.disaggregated { prefill-tensor-parallel = [],"
        + " decode-tensor-parallel = [] }", 2);
    assertThat(plan.ranking()).singleElement()
        .satisfies(ranked -> assertThat(ranked.deployment().name()).isEqualTo("1x-tp8"));
    assertThat(plan.excluded()).singleElement()
        .satisfies(excluded -> assertThat(excluded.reason()).contains("weights"));
  }

  @Test
  void objectivesThatNothingMeetsGiveNoRateAndANote() throws Exception {
    var plan = plan("slo.ttft = 1 us", 2);
    assertThat(plan.ranking()).allSatisfy(ranked -> {
      assertThat(ranked.maxRate().mean()).isZero();
      assertThat(ranked.notes()).contains("misses the target at every rate");
    });
    assertThat(plan.curves()).isEmpty();
  }

  @Test
  void progressCountsEveryDeployment() throws Exception {
    var heard = new ArrayList<String>();
    Planner.plan(planning(""), 2, (what, done, total) -> heard.add(what + " " + done + "/" + total));
    assertThat(heard).startsWith("deployments 1/3", "deployments 2/3", "deployments 3/3");
  }

  @Test
  void optionThatFollowsFromTheDeploymentIsAProblem() throws Exception {
    assertThat(Planner.problems(planning("engine.options.tensor-parallel-size = 2"))).containsExactly(
        "engine.options.tensor-parallel-size: follows from the deployment or has a key of its own; leave it out");
    assertThat(Planner.problems(planning(""))).isEmpty();
  }
}
