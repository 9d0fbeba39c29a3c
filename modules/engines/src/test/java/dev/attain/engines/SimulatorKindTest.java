package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.experiment.Engine;
import dev.attain.experiment.Model;
import dev.attain.workload.ModelLimits;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class SimulatorKindTest {
  private static final SelfCommand SELF = new SelfCommand(Path.of("/jdk/bin/java"), 25, "/opt/attain/lib/*",
      "dev.attain.cli.Main", List.of());
  private static final String JVM = "/jdk/bin/java -Xmx128m -XX:+UseSerialGC -XX:MetaspaceSize=96m -XX:+ExitOnOutOfMemoryError "
      + "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp /opt/attain/lib/* dev.attain.cli.Main ";
  private static final Model MODEL = new Model("meta-llama/Llama-3.1-8B", "", new ModelLimits(131_072, 128_256));

  @Test
  void colocated() {
    LaunchPlan plan = plan(InstanceRole.COLOCATED, 1, simulator(Map.of()), List.of());
    assertThat(String.join(" ", plan.command())).isEqualTo(JVM + "simulate-engine --model llama-3.1-8b --sim-gpu h100 "
        + "--served-model-name meta-llama/Llama-3.1-8B --tensor-parallel-size 1 --host 127.0.0.1 --port 20017 "
        + "--max-model-len 131072");
    assertThat(plan.environment()).isEmpty();
    assertThat(plan.baseUri()).isEqualTo(URI.create("http://127.0.0.1:20017"));
    assertThat(plan.healthUri()).isEqualTo(URI.create("http://127.0.0.1:20017/health"));
  }

  @Test
  void prefill() {
    LaunchPlan plan = plan(InstanceRole.PREFILL, 2, simulator(Map.of()), List.of());
    assertThat(String.join(" ", plan.command())).isEqualTo(JVM + "simulate-engine --model llama-3.1-8b --sim-gpu h100 "
        + "--served-model-name meta-llama/Llama-3.1-8B --tensor-parallel-size 2 --host 127.0.0.1 --port 20017 "
        + "--kv-transfer-config {\"kv_connector\":\"NixlConnector\",\"kv_role\":\"kv_producer\"} --max-model-len 131072");
    assertThat(plan.environment()).containsOnly(Map.entry("VLLM_NIXL_SIDE_CHANNEL_HOST", "127.0.0.1"),
        Map.entry("VLLM_NIXL_SIDE_CHANNEL_PORT", "20018"));
  }

  @Test
  void decode() {
    LaunchPlan plan = plan(InstanceRole.DECODE, 4, simulator(Map.of()), List.of());
    assertThat(plan.command()).containsSequence("--tensor-parallel-size", "4").containsSequence("--kv-transfer-config",
        "{\"kv_connector\":\"NixlConnector\",\"kv_role\":\"kv_consumer\"}");
    assertThat(plan.environment()).containsEntry("VLLM_NIXL_SIDE_CHANNEL_PORT", "20018");
  }

  @Test
  void optionsAndExtraArgumentsComeLastInTheirOrder() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("max-num-seqs", "256");
    options.put("enable-prefix-caching", "false");
    options.put("enforce-eager", "true");
    options.put("max-model-len", "8192");
    LaunchPlan plan = plan(InstanceRole.COLOCATED, 1,
        new Engine.Simulator("h100", "llama-3.1-8b", options, List.of("--of-engine", "a b")), List.of("--of-role"));
    assertThat(plan.command()).endsWith("--max-model-len", "8192", "--max-num-seqs", "256",
        "--no-enable-prefix-caching",
        "--enforce-eager", "--of-engine", "a b", "--of-role");
  }

  @Test
  void anOptionThatTheDeploymentDecidesIsRefused() {
    assertThatThrownBy(() -> plan(InstanceRole.COLOCATED, 1, simulator(Map.of("port", "8000")), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "engine.options.port: follows from the deployment or has a key of its own, and cannot be an option; remove it");
  }

  private static Engine.Simulator simulator(Map<String, String> options) {
    return new Engine.Simulator("h100", "llama-3.1-8b", options, List.of());
  }

  private static LaunchPlan plan(InstanceRole role, int tensorParallel, Engine.Simulator engine, List<String> extra) {
    InstanceSpec spec = new InstanceSpec("any-0", role, 0, engine, MODEL, tensorParallel, List.of(), "127.0.0.1",
        new InstancePorts(20_017, 20_018, 20_030), extra, Map.of());
    return EngineKind.of(engine).plan(spec, SELF);
  }
}
