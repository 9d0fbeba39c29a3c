package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attain.measurement.Slo;
import dev.attain.schedule.ArrivalProcess;
import dev.attain.schedule.Extent;
import dev.attain.workload.LengthDistribution;
import dev.attain.workload.PromptForm;
import dev.attain.workload.ShapeSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShippedConfigurationsTest {
  private static final Path QUICKSTART = Path.of("../../conf/quickstart.conf");
  private static final Path EXTERNAL = Path.of("../../conf/external.conf");

  private static final Path SIMPLE = Path.of("../../conf/simple.conf");
  private static final Path NIXL = Path.of("../../conf/nixl.conf");

  private static Experiment external(Map<String, String> environment) throws ConfigurationException {
    return ExperimentReader.read(EXTERNAL, Map.of(), environment);
  }

  @Test
  void quickstartComparesTwoDeploymentsOnEqualGpusAndARealTrace() throws Exception {
    var experiment = ExperimentReader.read(QUICKSTART, Map.of(), Map.of());
    assertThat(experiment.deployments()).extracting(Deployment::name).containsExactly("colocated", "disaggregated");
    assertThat(experiment.deployments()).extracting(Deployment::gpus).containsExactly(2, 2);
    assertThat(experiment.nodes().load()).isEqualTo(2);
    assertThat(experiment.nodes().spawnLocally()).isTrue();
    assertThat(experiment.arrivals()).isEqualTo(new ArrivalProcess.Poisson());
    assertThat(experiment.workload().description()).isEqualTo("azure-llm-2023-conversation, 19366 rows, shuffled");
    assertThat(experiment.load().rates()).hasSize(4);
    assertThat(experiment.slo()).isEqualTo(new Slo(Duration.ofMillis(500), Duration.ofMillis(30)));
    assertThat(experiment.target()).isEqualTo(0.9);
    assertThat(experiment.dataset()).isEqualTo("azure-conversation");
    assertThat(experiment.name()).isEqualTo("quickstart");
  }

  @Test
  void findRateAsksTheQuestionOfTheQuickstart() throws Exception {
    var file = Path.of("../../conf/find-rate-8b.conf");
    var searched = ExperimentReader.readSearch(file, Map.of(), Map.of());
    var quickstart = ExperimentReader.read(QUICKSTART, Map.of(), Map.of());
    assertThat(searched.experiment().deployments()).isEqualTo(quickstart.deployments());
    assertThat(searched.experiment().slo()).isEqualTo(quickstart.slo());
    assertThat(searched.experiment().workload().description()).isEqualTo(quickstart.workload().description());
    assertThat(searched.experiment().name()).isEqualTo("find-rate-8b");
    assertThat(searched.search().start()).isEqualTo(24);
  }

  @Test
  void externalMeasuresALocalServerUnlessToldOtherwise() throws Exception {
    var experiment = external(Map.of());
    assertThat(experiment.deployments()).containsExactly(
        new Deployment.External("external", List.of(URI.create("http://127.0.0.1:8000")), List.of(), List.of(), 0,
            HandOver.CLIENT));
    assertThat(experiment.model().nameFromEngine()).isTrue();
    assertThat(experiment.workload().form()).isEqualTo(PromptForm.TOKEN_IDS);
  }

  @Test
  void externalTakesEverythingFromTheEnvironment() throws Exception {
    var experiment = external(
        Map.of("ENDPOINT", "http://host:9/v1/", "MODEL", "m", "REQUEST_RATE", "2.5", "NUM_REQUESTS", "70",
            "INPUT_LEN", "300", "OUTPUT_LEN", "40", "LOAD_NODES", "3", "TTFT_SLO", "125", "TPOT_SLO", "20",
            "TARGET_ATTAINMENT", "95"));
    assertThat(experiment.deployments()).isEqualTo(
        List.of(new Deployment.External("external", List.of(URI.create("http://host:9")), List.of(), List.of(), 0,
            HandOver.CLIENT)));
    assertThat(experiment.model().name()).isEqualTo("m");
    assertThat(experiment.load()).isEqualTo(new LoadPlan(new Loop.Open(List.of(2.5)), 1, new Extent.Requests(70)));
    assertThat(experiment.workload().source()).isEqualTo(
        new ShapeSource.Independent(new LengthDistribution.Fixed(300), new LengthDistribution.Fixed(40)));
    assertThat(experiment.nodes().load()).isEqualTo(3);
    assertThat(experiment.slo()).isEqualTo(new Slo(Duration.ofMillis(125), Duration.ofMillis(20)));
    assertThat(experiment.target()).isEqualTo(0.95);
  }

  @Test
  void everyBadVariableIsNamed() {
    var environment = new HashMap<String, String>();
    for (var name : List.of("ENDPOINT", "REQUEST_RATE", "NUM_REQUESTS", "INPUT_LEN", "OUTPUT_LEN", "LOAD_NODES",
        "TTFT_SLO",
        "TPOT_SLO", "TARGET_ATTAINMENT")) {
      environment.put(name, "nonsense");
    }
    var thrown = catchThrowableOfType(ConfigurationException.class, () -> external(environment));
    assertThat(thrown.problems()).hasSize(environment.size());
    assertThat(environment.keySet()).allSatisfy(name -> assertThat(thrown.problems())
        .anyMatch(problem -> problem.startsWith("environment variable " + name + ": ")));
  }

  @Test
  void simpleAndNixlShareEverythingButTheirDeployment() throws Exception {
    var simple = ExperimentReader.read(SIMPLE, Map.of(), Map.of());
    var nixl = ExperimentReader.read(NIXL, Map.of(), Map.of());
    assertThat(simple.name()).isEqualTo("simple");
    assertThat(nixl.name()).isEqualTo("nixl");
    assertThat(simple.slo()).isEqualTo(new Slo(Duration.ofMillis(125), Duration.ofMillis(200)));
    assertThat(simple.target()).isEqualTo(0.9);
    assertThat(simple.model().name()).isEqualTo("meta-llama/Llama-3.1-8B-Instruct");
    assertThat(List.of(nixl.slo(), nixl.target(), nixl.load(), nixl.model(), nixl.workload().description(),
        nixl.dataset())).isEqualTo(
            List.of(simple.slo(), simple.target(), simple.load(), simple.model(), simple.workload().description(),
                simple.dataset()));
    var colocated = (Deployment.Colocated) simple.deployments().getFirst();
    var disaggregated = (Deployment.Disaggregated) nixl.deployments().getFirst();
    assertThat(colocated.engine()).isEqualTo(disaggregated.engine());
    assertThat(((Engine.Vllm) colocated.engine()).gpuMemoryUtilization()).isEqualTo(0.8);
    assertThat(List.of(colocated.gpus(), disaggregated.gpus())).containsExactly(1, 2);
  }

  @Test
  void simpleAndNixlTakeWhatBenchmarkScriptsAlwaysTook() throws Exception {
    var environment = new HashMap<>(Map.of("NUM_PREFILL_INSTANCES", "2", "NUM_DECODE_INSTANCES", "3",
        "PREFILLER_TP_SIZE", "1", "DECODER_TP_SIZE", "2", "TENSOR_PARALLEL_SIZE", "4", "GPU_MEMORY_UTILIZATION",
        "0.7", "MODEL", "Qwen/Qwen3-0.6B", "TTFT_SLO", "300", "TPOT_SLO", "40", "TARGET_ATTAINMENT", "95"));
    environment.put("VLLM_EXECUTABLE", "python3 -m vllm.entrypoints.cli.main serve");
    environment.put("NUM_INSTANCES", "2");
    environment.put("REQUEST_RATE", "3,5");
    var nixl = ExperimentReader.read(NIXL, Map.of(), environment);
    var disaggregated = (Deployment.Disaggregated) nixl.deployments().getFirst();
    assertThat(disaggregated.prefill()).isEqualTo(new Deployment.Role(2, 1, List.of(), Map.of(), Optional.empty()));
    assertThat(disaggregated.decode()).isEqualTo(new Deployment.Role(3, 2, List.of(), Map.of(), Optional.empty()));
    assertThat(((Engine.Vllm) disaggregated.engine()).gpuMemoryUtilization()).isEqualTo(0.7);
    assertThat(((Engine.Vllm) disaggregated.engine()).launch().executable()).hasSize(4);
    assertThat(nixl.model().name()).isEqualTo("Qwen/Qwen3-0.6B");
    assertThat(nixl.slo()).isEqualTo(new Slo(Duration.ofMillis(300), Duration.ofMillis(40)));
    assertThat(nixl.target()).isEqualTo(0.95);
    assertThat(nixl.load().rates()).containsExactly(3.0, 5.0);
    var simple = ExperimentReader.read(SIMPLE, Map.of(), environment);
    assertThat(simple.deployments().getFirst().gpus()).isEqualTo(8);
  }

  @Test
  void twoGpusAreUsedInThreeWaysForTheSameRequests() throws Exception {
    var experiment = ExperimentReader.read(Path.of("../../conf/two-gpus.conf"), Map.of(),
        Map.of("LOAD_FORMAT", "dummy", "DURATION", "20", "INPUT_LEN", "2048"));
    assertThat(experiment.deployments()).extracting(Deployment::gpus).containsExactly(2, 2, 2);
    assertThat(experiment.workload().description()).isEqualTo("prompts of 2048 tokens, outputs of 128 tokens");
    assertThat(experiment.load().extent()).isEqualTo(new Extent.Time(Duration.ofSeconds(20)));
    assertThat(experiment.deployments()).extracting(deployment -> switch (deployment) {
      case Deployment.Colocated colocated -> ((Engine.Vllm) colocated.engine()).loadFormat();
      case Deployment.Disaggregated disaggregated -> ((Engine.Vllm) disaggregated.engine()).loadFormat();
      case Deployment.External external -> Optional.<String>empty();
    }).containsOnly(Optional.of("dummy"));
  }
}
