package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attain.schedule.RateProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanningTest {
  private static final String OBJECTIVES = """
    slo { ttft = 500 ms, tpot = 30 ms }
    model.name = llama-3.1-8b
    """;
  private static final String GRID = "plan { gpus = 4, colocated.tensor-parallel = [1, 2] }\n";

  @TempDir
  Path folder;

  private Planning read(String text) throws ConfigurationException {
    var file = folder.resolve("x.conf");
    try {
      Files.writeString(file, OBJECTIVES + text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return PlanningReader.read(file, Map.of(), Map.of());
  }

  private List<String> names(String text) throws ConfigurationException {
    return read(text).deployments().stream().map(Deployment::name).toList();
  }

  private List<String> problems(String text) {
    var thrown = catchThrowableOfType(ConfigurationException.class, () -> read(text));
    return thrown.problems().stream().map(problem -> problem.replace(folder + "/", "")).toList();
  }

  @Test
  void gridHoldsEverySplitThatTakesAllGpus() throws Exception {
    assertThat(names("""
      plan {
        gpus = 4
        colocated { tensor-parallel = [1, 2, 8], max-num-batched-tokens = [2048, 8192] }
        disaggregated { prefill-tensor-parallel = [1, 2], decode-tensor-parallel = [1, 2] }
      }
      """)).containsExactly("4x-tp1-b2048", "4x-tp1-b8192", "2x-tp2-b2048", "2x-tp2-b8192", "1p3d-tp1", "2p2d-tp1",
        "3p1d-tp1", "2p1d-tp1-tp2", "1p2d-tp2-tp1", "1p1d-tp2");
  }

  @Test
  void gridMayLeaveGpusIdle() throws Exception {
    var planning = read("""
      plan { gpus = 3, use = at-most, colocated.tensor-parallel = [1, 2]
        disaggregated { prefill-tensor-parallel = 1, decode-tensor-parallel = 1 } }
      """);
    assertThat(planning.deployments()).extracting(Deployment::name).containsExactly("1x-tp1", "2x-tp1", "3x-tp1",
        "1x-tp2", "1p1d-tp1", "1p2d-tp1", "2p1d-tp1");
    assertThat(planning.deployments()).allSatisfy(deployment -> assertThat(deployment.gpus()).isBetween(1, 3));
  }

  @Test
  void everyGridIsWithoutDoublesAndKeepsToItsGpus() throws Exception {
    for (int gpus = 1; gpus <= 17; gpus++) {
      var planning = read("plan { gpus = " + gpus + ", colocated.tensor-parallel = [1, 2, 3, 4]\n"
          + "disaggregated { prefill-tensor-parallel = [1, 2, 3], decode-tensor-parallel = [1, 2, 4] } }");
      int all = gpus;
      assertThat(planning.deployments()).allSatisfy(deployment -> assertThat(deployment.gpus()).isEqualTo(all));
      assertThat(new HashSet<>(planning.deployments())).hasSameSizeAs(planning.deployments());
    }
  }

  @Test
  void tokenBudgetsReachTheEngines() throws Exception {
    var deployments = read("""
      engine.options { max-num-seqs = 64, max-num-batched-tokens = 512 }
      plan { gpus = 2, colocated { tensor-parallel = 2, max-num-batched-tokens = 1024 }
        disaggregated { prefill-tensor-parallel = 1, decode-tensor-parallel = 1
          prefill-max-num-batched-tokens = 16384, decode-max-num-batched-tokens = 256 } }
      """).deployments();
    var colocated = (Deployment.Colocated) deployments.getFirst();
    assertThat(((Engine.Simulator) colocated.engine()).options())
        .isEqualTo(Map.of("max-num-seqs", "64", "max-num-batched-tokens", "1024"));
    var disaggregated = (Deployment.Disaggregated) deployments.getLast();
    assertThat(disaggregated.name()).isEqualTo("1p1d-tp1-pb16384-db256");
    assertThat(disaggregated.prefill().extraArguments()).containsExactly("--max-num-batched-tokens=16384");
    assertThat(disaggregated.decode().extraArguments()).containsExactly("--max-num-batched-tokens=256");
  }

  @Test
  void listedDeploymentsComeBeforeThoseOfTheGrid() throws Exception {
    assertThat(names(GRID + "deployments = [{ name = mine, kind = colocated, replicas = 4 }]"))
        .containsExactly("mine", "4x-tp1", "2x-tp2");
  }

  @Test
  void listAloneIsEnoughAndAnExperimentsFileServesBoth() throws Exception {
    var planning = PlanningReader.read(Path.of("../../conf/quickstart.conf"), Map.of(), Map.of());
    assertThat(planning.deployments()).extracting(Deployment::name).containsExactly("colocated", "disaggregated");
    assertThat(planning.search()).isEqualTo(new Planning.Search(2000, 5, 0.02));
  }

  @Test
  void aFileWithAGridCanStillBeRun() throws Exception {
    var sample = Sample.minimalAnd(folder, GRID);
    assertThat(sample.read().deployments()).hasSize(1);
    assertThat(sample.read().resolved().json()).doesNotContain("resolution");
  }

  @Test
  void profileOfTheLoadCounts() throws Exception {
    assertThat(read(GRID + "load.profile = burst").profile()).isInstanceOf(RateProfile.Burst.class);
    assertThat(read(GRID).profile()).isEqualTo(new RateProfile.Flat());
  }

  @Test
  void resolvedConfigurationGivesTheSamePlanning() throws Exception {
    var first = read(GRID + "plan { seeds = 3, requests = 500 }\nload.requests = 7\n");
    assertThat(first.resolved().json()).doesNotContain("warm-up");
    var again = folder.resolve("again.conf");
    Files.writeString(again, first.resolved().json());
    assertThat(PlanningReader.read(again, Map.of("name", "x"), Map.of()).deployments()).isEqualTo(first.deployments());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
    plan.gpus = 0                       | plan.gpus: 0 is below 1; write 1 or more
    plan.gpuz = 8                       | plan.gpuz: is no known key; the nearest is plan.gpus
    plan.use = some                     | plan.use: some is not known here; the nearest is all (known: all, at-most)
    plan.seeds = 1                      | plan.seeds: 1 is below 2; write 2 or more
    plan.requests = 20                  | plan.requests: 20 is below 100; write 100 or more
    plan.resolution = 30                | plan.resolution: 30 is not from 0.1 to 25 percent; write for example 2
    plan.colocated.tensor-parallel = a  | plan.colocated.tensor-parallel: a is not a number; write for example 1
    plan.disaggregated.prefill-tensor-parallel = 1 | plan.disaggregated.decode-tensor-parallel: is missing; write for example decode-tensor-parallel = [1, 2]
    load.max-in-flight = 5              | load.max-in-flight: cannot be planned: in a plan every request arrives when it is due; leave it out
    engine.kind = vllm                  | engine.kind: vllm cannot be planned, only simulated; write kind = simulator
    deployments = [{ name = 4x-tp1, kind = colocated }] | deployments: 4x-tp1 is also the name of a deployment of the plan's grid; choose another
    deployments = [{ name = e, kind = external, endpoints = "http://h:1" }] | deployments: e is not simulated, and a plan knows nothing else; write engine.kind = simulator, or leave it out
    """)
  void badPlanIsOneSentence(String line, String sentence) {
    assertThat(problems(GRID + line)).anySatisfy(problem -> assertThat(problem).endsWith(": " + sentence)
        .startsWith("x.conf"));
  }

  @Test
  void nothingToPlanIsNamed() {
    assertThat(problems("")).containsExactly("x.conf:1: deployments: is missing, and so is a grid; write for example"
        + " plan { gpus = 4, colocated.tensor-parallel = [1, 2] }");
    assertThat(problems("plan.gpus = 4")).contains("x.conf:3: plan.gpus: has no effect without sizes of instances;"
        + " write for example colocated.tensor-parallel = [1, 2], or leave it out");
    assertThat(problems("plan.colocated.tensor-parallel = 2"))
        .contains("x.conf:3: plan.gpus: is missing; write for example gpus = 8");
    assertThat(problems("plan { gpus = 3, colocated.tensor-parallel = 2 }")).containsExactly(
        "x.conf:3: plan: no instances of these sizes take exactly 3 GPUs; write other sizes, or use = at-most");
  }

  @Test
  void gridWithoutEndIsRefused() {
    assertThat(problems("plan { gpus = 512, use = at-most\n"
        + "disaggregated { prefill-tensor-parallel = 1, decode-tensor-parallel = 1 } }")).containsExactly(
            "x.conf:3: plan: makes more than 1000 deployments; write fewer GPUs, sizes or budgets");
  }
}
