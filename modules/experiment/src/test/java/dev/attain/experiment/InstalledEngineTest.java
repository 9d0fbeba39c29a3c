package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.workload.ModelLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstalledEngineTest {
  @TempDir
  Path folder;

  private Experiment with(String more) {
    return Sample.minimalAnd(folder, "engine.kind = vllm\n" + more).read();
  }

  private static Engine engine(Experiment experiment) {
    return ((Deployment.Colocated) experiment.deployments().getFirst()).engine();
  }

  @Test
  void vllmNeedsNothingButItsKindAndAModel() {
    var experiment = with("");
    assertThat(engine(experiment)).isEqualTo(new Engine.Vllm(
        new Launch(List.of("vllm", "serve"), Map.of(), Map.of(), List.of(), GpuUse.EXCLUSIVE, 2), 0.8, Optional.empty(),
        Optional.empty(), Optional.empty(), KvTransfer.PLAIN));
    assertThat(experiment.model().path()).isEqualTo("llama-3.1-8b");
  }

  @Test
  void everyKeyOfVllmArrives() {
    var experiment = with(
        """
          engine {
            executable = "python3 -m vllm.entrypoints.cli.main serve"
            environment { UCX_TLS = "tcp,sm", OMP_NUM_THREADS = 1 }
            gpus = [2, 3]
            instances-per-gpu = 2
            start-attempts = 3
            gpu-memory-utilization = 0.45
            max-model-len = 2048
            dtype = float32
            load-format = dummy
            kv-transfer { connector = NixlPushConnector, buffer-device = cpu, lease = 5 min, extra { backends = [UCX], num_threads = 4 } }
            options { max-num-seqs = 16, enforce-eager = true }
            extra-arguments = ["--x=1,2"]
          }
          """);
    assertThat(engine(experiment)).isEqualTo(new Engine.Vllm(
        new Launch(List.of("python3", "-m", "vllm.entrypoints.cli.main", "serve"),
            Map.of("UCX_TLS", "tcp,sm", "OMP_NUM_THREADS", "1"), Map.of("max-num-seqs", "16", "enforce-eager", "true"),
            List.of("--x=1,2"), new GpuUse(List.of(2, 3), 2), 3),
        0.45, Optional.of(2048), Optional.of("float32"), Optional.of("dummy"), new KvTransfer("NixlPushConnector",
            Optional.of("cpu"), Optional.of(Duration.ofMinutes(5)),
            Map.of("backends", "[\"UCX\"]", "num_threads", "4"))));
    assertThat(experiment.model().limits().contextTokens()).isEqualTo(2048);
    assertThat(new Sample(folder, experiment.resolved().json()).read()).isEqualTo(experiment);
  }

  @Test
  void aDeploymentChangesSingleKeysOfTheCommonEngine() {
    var experiment = with("""
      engine { load-format = dummy, kv-transfer.buffer-device = cpu }
      deployments = [{ name = d, kind = disaggregated, engine { dtype = float16, kv-transfer.lease = 60 s } }]
      """);
    var engine = (Engine.Vllm) ((Deployment.Disaggregated) experiment.deployments().getFirst()).engine();
    assertThat(engine.loadFormat()).contains("dummy");
    assertThat(engine.dtype()).contains("float16");
    assertThat(engine.kvTransfer()).isEqualTo(
        new KvTransfer("NixlConnector", Optional.of("cpu"), Optional.of(Duration.ofMinutes(1)), Map.of()));
  }

  @Test
  void eachRoleHasVariablesAndANodeOfItsOwn() {
    var experiment = with(
        """
          deployments = [
            { name = c, kind = colocated, environment { CORE = "{index}" } }
            { name = d, kind = disaggregated, router.command = [r, "{prefill}", "{decode}", "{port}"], prefill.environment.CORE = 0, decode { node = "10.0.0.2", environment { B = 2, A = 1 } } }
          ]
          """);
    var colocated = (Deployment.Colocated) experiment.deployments().getFirst();
    var disaggregated = (Deployment.Disaggregated) experiment.deployments().getLast();
    assertThat(colocated.environment()).containsExactly(Map.entry("CORE", "{index}"));
    assertThat(disaggregated.prefill().environment()).containsExactly(Map.entry("CORE", "0"));
    assertThat(disaggregated.decode().node()).contains("10.0.0.2");
    assertThat(disaggregated.prefill().node()).isEmpty();
    assertThat(disaggregated.router()).contains(new Router(List.of("r", "{prefill}", "{decode}", "{port}"), "/health"));
    assertThat(disaggregated.decode().environment()).containsExactly(Map.entry("A", "1"), Map.entry("B", "2"));
    assertThat(new Sample(folder, experiment.resolved().json()).read()).isEqualTo(experiment);
  }

  @ParameterizedTest
  @CsvSource({"sglang, python3 -m sglang.launch_server", "tensorrt-llm, trtllm-serve",
      "lmdeploy, lmdeploy serve api_server", "transformers, transformers serve"})
  void everyOtherKindHasItsProgram(String kind, String program) {
    var engine = (Engine.Installed) engine(Sample.minimalAnd(folder, "engine.kind = " + kind).read());
    assertThat(engine.kind()).isEqualTo(kind);
    assertThat(engine.launch().executable()).containsExactly(program.split(" "));
  }

  @Test
  void pathNamesTheModelToo() {
    var model = with("model { name = auto, path = Qwen/Qwen3-0.6B }").model();
    assertThat(model.name()).isEqualTo("Qwen/Qwen3-0.6B");
    assertThat(model.path()).isEqualTo("Qwen/Qwen3-0.6B");
    assertThat(model.nameFromEngine()).isFalse();
  }

  @Test
  void aFolderTellsItsLimitsAndIsFoundBesideTheFile() throws IOException {
    var weights = Files.createDirectory(folder.resolve("tiny"));
    Files.writeString(weights.resolve("config.json"),
        "{ \"max_position_embeddings\": 4096, \"vocab_size\": 1024, \"num_attention_heads\": 8 }");
    var experiment = with("model { name = tiny, path = tiny }");
    assertThat(experiment.model())
        .isEqualTo(new Model("tiny", weights.toAbsolutePath().toString(), new ModelLimits(4096, 1024)));
    assertThat(ModelShape.of(weights.toString())).contains(new ModelShape(8, 8, 4096, 1024));
  }

  @Test
  void aFolderWithoutReadableConfigurationTellsNothing() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{ not json");
    assertThat(ModelShape.of(folder.toString())).isEmpty();
    assertThat(ModelShape.of("Qwen/Qwen3-0.6B")).isEmpty();
    assertThat(ModelShape.of("")).isEmpty();
  }
}
