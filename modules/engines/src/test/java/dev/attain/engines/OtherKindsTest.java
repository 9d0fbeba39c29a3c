package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.experiment.Engine;
import dev.attain.experiment.GpuUse;
import dev.attain.experiment.Launch;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtherKindsTest {
  private static final Engine SGLANG = new Engine.Sglang(Specs.launch("python3", "-m", "sglang.launch_server"));
  private static final Engine TENSORRT_LLM = new Engine.TensorRtLlm(Specs.launch("trtllm-serve"));
  private static final Engine LMDEPLOY = new Engine.Lmdeploy(Specs.launch("lmdeploy", "serve", "api_server"));
  private static final Engine TRANSFORMERS = new Engine.TransformersServe(Specs.launch("transformers", "serve"));

  static Stream<Engine> all() {
    return Stream.of(SGLANG, TENSORRT_LLM, LMDEPLOY, TRANSFORMERS);
  }

  private static String line(Engine engine, int tensorParallel) {
    return String.join(" ", Specs.plan(InstanceRole.COLOCATED, engine, tensorParallel, "--extra").command());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void eachHasFlagsOfItsOwn(int size) {
    assertThat(line(SGLANG, size))
        .isEqualTo("python3 -m sglang.launch_server --model-path meta-llama/Llama-3.1-8B "
            + "--served-model-name llama --tp-size " + size
            + " --host 127.0.0.1 --port 20017 --enable-metrics --extra");
    assertThat(line(TENSORRT_LLM, size)).isEqualTo("trtllm-serve meta-llama/Llama-3.1-8B --served_model_name llama "
        + "--tp_size " + size + " --host 127.0.0.1 --port 20017 --extra");
    assertThat(line(LMDEPLOY, size)).isEqualTo("lmdeploy serve api_server meta-llama/Llama-3.1-8B --model-name llama "
        + "--tp " + size + " --server-name 127.0.0.1 --server-port 20017 --extra");
  }

  @Test
  void transformersServesOnOneGpu() {
    assertThat(line(TRANSFORMERS, 1)).isEqualTo("transformers serve meta-llama/Llama-3.1-8B --host 127.0.0.1 "
        + "--port 20017 --continuous-batching --extra");
    assertThatThrownBy(() -> line(TRANSFORMERS, 2)).isInstanceOf(IllegalArgumentException.class).hasMessage(
        "any-0: transformers serves on one GPU, not on 2; write tensor-parallel = 1, and more replicas");
  }

  @Test
  void aSwitchThatIsOffIsLeftOut() {
    Launch launch = new Launch(List.of("sglang"), Map.of("A", "b"),
        new TreeMap<>(Map.of("disable-cuda-graph", "false", "enable-metrics", "true", "mem-fraction-static", "0.8")),
        List.of(), GpuUse.EXCLUSIVE, 2);
    LaunchPlan plan = Specs.plan(InstanceRole.COLOCATED, new Engine.Sglang(launch), 1);
    assertThat(plan.command()).endsWith("20017", "--enable-metrics", "--mem-fraction-static", "0.8");
    assertThat(plan.environment()).containsOnly(Map.entry("A", "b"), Map.entry("CUDA_DEVICE_ORDER", "PCI_BUS_ID"),
        Map.entry("CUDA_VISIBLE_DEVICES", "0"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void healthIsWhereVllmHasIt(Engine engine) {
    assertThat(Specs.plan(InstanceRole.COLOCATED, engine, 1).healthUri())
        .isEqualTo(URI.create("http://127.0.0.1:20017/health"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void noneCanBeJoinedByTwoRequests(Engine engine) {
    assertThatThrownBy(() -> Specs.plan(InstanceRole.DECODE, engine, 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("any-0: " + engine.kind() + " instances cannot be joined by attain; deploy");
  }
}
