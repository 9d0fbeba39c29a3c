package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.Slo;
import dev.attain.schedule.ArrivalProcess;
import dev.attain.schedule.Extent;
import dev.attain.workload.LengthDistribution;
import dev.attain.workload.ModelLimits;
import dev.attain.workload.PromptForm;
import dev.attain.workload.ShapeSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentReaderTest {
  private static final Engine LLAMA_ON_H100 = new Engine.Simulator("h100", "llama-3.1-8b", Map.of(), List.of());

  @TempDir
  Path folder;

  private Experiment minimalAnd(String more) {
    return Sample.minimalAnd(folder, more).read();
  }

  @Test
  void fourLinesMakeAnExperimentWithTheDocumentedDefaults() {
    var experiment = minimalAnd("");
    assertThat(experiment.name()).isEqualTo("x");
    assertThat(experiment.dataset()).isEqualTo("synthetic");
    assertThat(experiment.model()).isEqualTo(new Model("llama-3.1-8b", "", new ModelLimits(131_072, 128_256)));
    assertThat(experiment.seed()).isEqualTo(1);
    assertThat(experiment.arrivals()).isEqualTo(new ArrivalProcess.Poisson());
    assertThat(experiment.workload().source()).isEqualTo(
        new ShapeSource.Independent(new LengthDistribution.Fixed(512), new LengthDistribution.Fixed(128)));
    assertThat(experiment.workload().form()).isEqualTo(PromptForm.TOKEN_IDS);
    assertThat(experiment.workload().description()).isEqualTo("prompts of 512 tokens, outputs of 128 tokens");
    assertThat(experiment.load())
        .isEqualTo(new LoadPlan(new Loop.Open(List.of(8.0, 16.0)), 1, new Extent.Requests(100)));
    assertThat(experiment.slo()).isEqualTo(new Slo(Duration.ofMillis(500), Duration.ofMillis(30)));
    assertThat(experiment.target()).isEqualTo(0.9);
    assertThat(experiment.deployments())
        .containsExactly(new Deployment.Colocated("colocated", LLAMA_ON_H100, 1, 1, Map.of(), Optional.empty()));
    assertThat(experiment.nodes()).isEqualTo(new Nodes(1, true, "127.0.0.1", 0, List.of(), 256L << 20));
    assertThat(experiment.warmUp()).isEqualTo(new WarmUp(2, Duration.ZERO));
  }

  @Test
  void limitsAndDeadlinesHaveTheDocumentedDefaults() {
    var experiment = minimalAnd("");
    assertThat(experiment.requests()).isEqualTo(new RequestPolicy(Dialect.COMPLETIONS, Duration.ofSeconds(5),
        Duration.ofSeconds(120), Duration.ofSeconds(600), Duration.ofSeconds(30), 1, 20_000, Optional.empty(),
        TokenCounts.AUTO, OptionalInt.empty(), Set.of()));
    assertThat(experiment.validity()).isEqualTo(new Validity(Duration.ofMillis(1), 0.02, Duration.ofMillis(5),
        Duration.ofMillis(5),
        new GeneratorLimits(0.7, Optional.empty(), 0.2, Duration.ofMillis(50), Duration.ofMillis(100), 0)));
    assertThat(experiment.deadlines()).isEqualTo(new Deadlines(Duration.ofSeconds(60), Duration.ofMinutes(10),
        Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(60),
        Duration.ofSeconds(60), Duration.ofSeconds(30)));
    assertThat(experiment.monitoring()).isEqualTo(new Monitoring(Duration.ofSeconds(1)));
  }

  @Test
  void deploymentsMayHaveEnginesOfTheirOwnOverTheCommonOne() {
    var experiment = minimalAnd("""
      engine { gpu = h200, options { max-num-seqs = 256 } }
      deployments = [
        { name = plain, kind = colocated, replicas = 3, tensor-parallel = 2 }
        { name = split, kind = disaggregated, engine.gpu = a100
          prefill { instances = 2, extra-arguments = ["--max-num-batched-tokens", "16384"] }
          decode.tensor-parallel = 4 }
      ]
      """);
    var common = new Engine.Simulator("h200", "llama-3.1-8b", Map.of("max-num-seqs", "256"), List.of());
    var own = new Engine.Simulator("a100", "llama-3.1-8b", Map.of("max-num-seqs", "256"), List.of());
    assertThat(experiment.deployments()).containsExactly(
        new Deployment.Colocated("plain", common, 3, 2, Map.of(), Optional.empty()),
        new Deployment.Disaggregated("split", own,
            new Deployment.Role(2, 1, List.of("--max-num-batched-tokens", "16384"), Map.of(), Optional.empty()),
            new Deployment.Role(1, 4, List.of(), Map.of(), Optional.empty()),
            Optional.empty()));
    assertThat(experiment.deployments()).extracting(Deployment::gpus).containsExactly(6, 6);
  }

  @Test
  void endpointsLoseTheirVersionAndSlash() {
    var experiment = minimalAnd(
        """
          model.name = auto
          deployments = [{ name = e, kind = external, gpus = 3, prefill = "http://p:1/v1/, http://p:2", decode = ["https://d/x/"] }]
          """);
    assertThat(experiment.deployments()).containsExactly(new Deployment.External("e", List.of(),
        List.of(URI.create("http://p:1"), URI.create("http://p:2")), List.of(URI.create("https://d/x")), 3,
        HandOver.CLIENT));
  }

  @Test
  void serversThatServeAlreadyGetTheFieldsTheyTake() {
    var external = "deployments = [{ name = e, kind = external, endpoints = \"http://h:1\" }]\n";
    assertThat(minimalAnd(external).requests().bodyFields())
        .containsExactlyInAnyOrder(BodyField.IGNORE_EOS, BodyField.STREAM_OPTIONS);
    assertThat(minimalAnd(external + "requests.body-fields = []").requests().bodyFields()).isEmpty();
    assertThat(minimalAnd(external + "requests.body-fields = min-tokens").requests().bodyFields())
        .containsExactly(BodyField.MIN_TOKENS);
    assertThat(minimalAnd(external + "requests.body-fields = \"stream-options, ignore-eos\"").requests().bodyFields())
        .containsExactlyInAnyOrder(BodyField.IGNORE_EOS, BodyField.STREAM_OPTIONS);
  }

  @Test
  void connectionsAheadAreANumberOrLeftToTheSchedule() {
    assertThat(minimalAnd("requests.connections-ahead = auto").requests().connectionsAhead()).isEmpty();
    assertThat(minimalAnd("requests.connections-ahead = 0").requests().connectionsAhead()).hasValue(0);
    assertThat(minimalAnd("requests.connections-ahead = 64").requests().connectionsAhead()).hasValue(64);
  }

  @Test
  void eitherOfTwoFieldsForcesTheLengthOfAnAnswer() {
    assertThat(BodyField.forceLength(Set.of(BodyField.IGNORE_EOS))).isTrue();
    assertThat(BodyField.forceLength(Set.of(BodyField.MIN_TOKENS, BodyField.STREAM_OPTIONS))).isTrue();
    assertThat(BodyField.forceLength(Set.of(BodyField.STREAM_OPTIONS))).isFalse();
  }

  @Test
  void whoHandsOverBetweenInstancesThatServeAlready() {
    var instances = "kind = external, prefill = \"http://p:1\", decode = \"http://d:1\"";
    assertThat(handOver("{ name = e, " + instances + " }")).isEqualTo(HandOver.CLIENT);
    assertThat(handOver("{ name = e, " + instances + ", hand-over = client }")).isEqualTo(HandOver.CLIENT);
    assertThat(handOver("{ name = e, " + instances + ", hand-over = sidecar }")).isEqualTo(HandOver.SIDECAR);
    assertThat(handOver("{ name = e, " + instances + ", endpoints = \"http://r:1\" }")).isEqualTo(HandOver.ROUTER);
    assertThat(
        minimalAnd("deployments = [{ name = e, " + instances + ", endpoints = \"http://r:1/v1\" }]").deployments())
        .containsExactly(new Deployment.External("e", List.of(URI.create("http://r:1")),
            List.of(URI.create("http://p:1")), List.of(URI.create("http://d:1")), 0, HandOver.ROUTER));
  }

  private HandOver handOver(String deployment) {
    return ((Deployment.External) minimalAnd("deployments = [" + deployment + "]").deployments().getFirst()).handOver();
  }

  @Test
  void unnamedModelOfAnExternalEngineIsToBeAskedFor() {
    var model = minimalAnd(
        "model.name = auto\ndeployments = [{ name = e, kind = external, endpoints = \"http://h:1\" }]")
        .model();
    assertThat(model.nameFromEngine()).isTrue();
    assertThat(model.limits()).isEqualTo(new ModelLimits(8_192, 32_000));
    assertThat(model.named("served")).isEqualTo(new Model("served", "", model.limits()));
  }

  @Test
  void unnamedModelOfTheSimulatorIsTheSimulatedOne() {
    var model = minimalAnd("model = auto\nengine.model = opt-13b\nmodel.path = \"/weights\"").model();
    assertThat(model).isEqualTo(new Model("opt-13b", "/weights", new ModelLimits(2_048, 50_272)));
  }

  @Test
  void givenLimitsWinOverKnownOnes() {
    var model = minimalAnd("model { context-tokens = 4096, vocabulary-tokens = 1000 }").model();
    assertThat(model.limits()).isEqualTo(new ModelLimits(4_096, 1_000));
  }

  @Test
  void everyArrivalProcessCanBeChosen() {
    assertThat(minimalAnd("arrivals = constant").arrivals()).isEqualTo(new ArrivalProcess.Constant());
    assertThat(minimalAnd("arrivals { kind = gamma, burstiness = 0.5 }").arrivals())
        .isEqualTo(new ArrivalProcess.Gamma(0.5));
    assertThat(withTrace("arrivals = trace\nworkload { kind = trace, trace = \"t.csv\" }").arrivals())
        .isEqualTo(new ArrivalProcess.Trace(new double[]{0.0, 4.5}));
  }

  @Test
  void traceKeepsTheTwoLengthsOfARequestTogether() {
    var experiment = withTrace("workload { kind = trace, trace = \"t.csv\", order = recorded }");
    assertThat(experiment.workload().source()).isInstanceOfSatisfying(ShapeSource.Rows.class, rows -> {
      assertThat(rows.shuffled()).isFalse();
      assertThat(rows.rows()).extracting(shape -> shape.promptTokens() + "/" + shape.outputTokens())
          .containsExactly("374/44", "396/109");
    });
    assertThat(experiment.dataset()).isEqualTo("t");
    assertThat(experiment.workload().description()).isEqualTo("t, 2 rows, recorded");
  }

  private Experiment withTrace(String more) {
    return Sample.minimalAnd(folder, more).file("t.csv", """
      arrived_at,num_prefill_tokens,num_decode_tokens
      0.0,374,44
      4.5,396,109
      """).read();
  }

  @Test
  void everyLengthDistributionCanBeChosen() {
    var source = minimalAnd("""
      workload.prompt-tokens { kind = uniform, minimum = 10, maximum = 20 }
      workload.output-tokens { kind = lognormal, mu = 5, sigma = 0.5, maximum = 900 }
      """).workload().source();
    assertThat(source).isEqualTo(new ShapeSource.Independent(new LengthDistribution.Uniform(10, 20),
        new LengthDistribution.Lognormal(5, 0.5, 1, 900)));
    source = minimalAnd("workload { prompt-tokens = 7, output-tokens { kind = empirical, observed = [3, 4] } }")
        .workload().source();
    assertThat(source).isEqualTo(new ShapeSource.Independent(new LengthDistribution.Fixed(7),
        new LengthDistribution.Empirical(List.of(3, 4))));
  }

  @Test
  void oneWeightForEachNode() {
    assertThat(minimalAnd("nodes { load = 2, weights = [3, 1] }").nodes().weights()).isEqualTo(List.of(3, 1));
  }

  @Test
  void includedFileIsFoundBesideTheIncludingOne() {
    var sample = Sample.minimalAnd(folder, "include \"shared.conf\"").file("shared.conf", "seed = 7");
    assertThat(sample.read().seed()).isEqualTo(7);
  }
}
