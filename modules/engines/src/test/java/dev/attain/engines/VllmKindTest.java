package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.experiment.Engine;
import dev.attain.experiment.GpuUse;
import dev.attain.experiment.KvTransfer;
import dev.attain.experiment.Launch;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VllmKindTest {
  private static final Engine.Vllm PLAIN = Specs.vllm(Specs.launch("vllm", "serve"), KvTransfer.PLAIN);

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
    1 | 0
    2 | 0,1
    4 | 0,1,2,3
    8 | 0,1,2,3,4,5,6,7
    """)
  void colocatedOnAnyNumberOfGpus(int tensorParallel, String gpus) {
    LaunchPlan plan = Specs.plan(InstanceRole.COLOCATED, PLAIN, tensorParallel);
    assertThat(plan.shellLine()).isEqualTo("CUDA_DEVICE_ORDER=PCI_BUS_ID CUDA_VISIBLE_DEVICES=" + gpus
        + " VLLM_PORT=20030 vllm serve meta-llama/Llama-3.1-8B --served-model-name llama --tensor-parallel-size "
        + tensorParallel + " --host 127.0.0.1 --port 20017 --gpu-memory-utilization 0.8");
    assertThat(plan.baseUri()).isEqualTo(URI.create("http://127.0.0.1:20017"));
    assertThat(plan.healthUri()).isEqualTo(URI.create("http://127.0.0.1:20017/health"));
  }

  @ParameterizedTest
  @CsvSource({"PREFILL, 1, kv_producer", "PREFILL, 2, kv_producer", "PREFILL, 4, kv_producer",
      "PREFILL, 8, kv_producer", "DECODE, 1, kv_consumer", "DECODE, 2, kv_consumer", "DECODE, 4, kv_consumer",
      "DECODE, 8, kv_consumer"})
  void eachSideHasItsRoleAndItsSideChannel(InstanceRole role, int tensorParallel, String kvRole) {
    LaunchPlan plan = Specs.plan(role, PLAIN, tensorParallel);
    assertThat(String.join(" ", plan.command()))
        .isEqualTo("vllm serve meta-llama/Llama-3.1-8B --served-model-name llama --tensor-parallel-size "
            + tensorParallel
            + " --host 127.0.0.1 --port 20017 --kv-transfer-config {\"kv_connector\":\"NixlConnector\","
            + "\"kv_role\":\"" + kvRole + "\"} --gpu-memory-utilization 0.8");
    assertThat(plan.environment()).containsEntry("VLLM_NIXL_SIDE_CHANNEL_HOST", "127.0.0.1")
        .containsEntry("VLLM_NIXL_SIDE_CHANNEL_PORT", "20018").containsEntry("VLLM_PORT", "20030");
    assertThat(plan.environment().get("CUDA_VISIBLE_DEVICES").split(",")).hasSize(tensorParallel);
  }

  @Test
  void everythingTheUserSaysIsPassedOnInItsOrder() {
    Launch launch = new Launch(List.of("/venv/bin/python3", "-m", "vllm.entrypoints.cli.main", "serve"),
        Map.of("UCX_TLS", "cuda_ipc,tcp", "VLLM_NO_USAGE_STATS", "1"),
        new TreeMap<>(Map.of("enable-prefix-caching", "false", "enforce-eager", "true", "max-num-seqs", "64")),
        List.of("--of-engine", "a b"), GpuUse.EXCLUSIVE, 2);
    Engine.Vllm engine = new Engine.Vllm(launch, 0.35, Optional.of(2048), Optional.of("float32"),
        Optional.of("dummy"), KvTransfer.PLAIN);
    LaunchPlan plan = Specs.plan(InstanceRole.COLOCATED, engine, 1, "--of-role");
    assertThat(plan.command()).startsWith("/venv/bin/python3", "-m", "vllm.entrypoints.cli.main", "serve",
        "meta-llama/Llama-3.1-8B").endsWith("--gpu-memory-utilization", "0.35", "--max-model-len", "2048", "--dtype",
            "float32", "--load-format", "dummy", "--no-enable-prefix-caching", "--enforce-eager", "--max-num-seqs",
            "64", "--of-engine", "a b", "--of-role");
    assertThat(plan.environment()).containsEntry("UCX_TLS", "cuda_ipc,tcp").containsEntry("VLLM_NO_USAGE_STATS", "1");
  }

  @Test
  void theConnectorIsConfiguredInItsOwnJson() {
    KvTransfer transfer = new KvTransfer("NixlPushConnector", Optional.of("cpu"), Optional.of(Duration.ofMinutes(5)),
        new TreeMap<>(Map.of("backends", "[\"UCX\"]", "bidirectional_kv_xfer", "true")));
    LaunchPlan plan = Specs.plan(InstanceRole.DECODE, Specs.vllm(Specs.launch("vllm", "serve"), transfer), 1);
    assertThat(plan.command()).containsSequence("--kv-transfer-config",
        "{\"kv_connector\":\"NixlPushConnector\",\"kv_role\":\"kv_consumer\",\"kv_buffer_device\":\"cpu\","
            + "\"kv_connector_extra_config\":{\"kv_lease_duration\":300,\"backends\":[\"UCX\"],"
            + "\"bidirectional_kv_xfer\":true}}");
  }

  @ParameterizedTest
  @EnumSource(InstanceRole.class)
  void nothingThatVllmHasRemovedOrDeprecatedAppears(InstanceRole role) {
    assertThat(Specs.plan(role, PLAIN, 2).shellLine()).doesNotContain("kv_both", "VLLM_NIXL_ABORT_REQUEST_TIMEOUT",
        "VLLM_ATTENTION_BACKEND", "VLLM_TORCH_PROFILER_DIR", "disable-log-requests");
  }

  @Test
  void withoutGpusNothingIsSaidAboutThem() {
    InstanceSpec onCpu = new InstanceSpec("any-0", InstanceRole.COLOCATED, 0, PLAIN, Specs.MODEL, 2, List.of(),
        "127.0.0.1", new InstancePorts(1, 2, 3), List.of(), Map.of());
    assertThat(EngineKind.of(PLAIN).plan(onCpu, Specs.SELF).environment()).containsOnlyKeys("VLLM_PORT");
  }

  @Test
  void theRolesVariablesWinAndKnowTheNumberOfTheInstance() {
    Launch launch = new Launch(List.of("vllm", "serve"), Map.of("CORE", "0", "RANK", "r{index}", "PLAIN", "{other}"),
        Map.of(), List.of(), GpuUse.EXCLUSIVE, 2);
    Engine.Vllm engine = Specs.vllm(launch, KvTransfer.PLAIN);
    InstanceSpec third = new InstanceSpec("decode-2", InstanceRole.DECODE, 2, engine, Specs.MODEL, 1, List.of(),
        "127.0.0.1", new InstancePorts(1, 2, 3), List.of(), Map.of("CORE", "{index}-{index}", "VLLM_PORT", "9"));
    assertThat(EngineKind.of(engine).plan(third, Specs.SELF).environment()).containsEntry("CORE", "2-2")
        .containsEntry("RANK", "r2").containsEntry("PLAIN", "{other}").containsEntry("VLLM_PORT", "3");
  }

  @Test
  void bothSidesListenForEachOtherAndAColocatedInstanceForNobody() {
    SideChannel channel = new SideChannel("127.0.0.1", 20_018, SideChannel.Greeting.ZMQ);
    assertThat(Specs.plan(InstanceRole.PREFILL, PLAIN, 2).sideChannel()).contains(channel);
    assertThat(Specs.plan(InstanceRole.DECODE, PLAIN, 2).sideChannel()).contains(channel);
    assertThat(Specs.plan(InstanceRole.COLOCATED, PLAIN, 2).sideChannel()).isEmpty();
  }

  @Test
  void anOptionThatHasAKeyOfItsOwnIsRefused() {
    Launch launch = new Launch(List.of("vllm", "serve"), Map.of(), Map.of("gpu-memory-utilization", "0.9"), List.of(),
        GpuUse.EXCLUSIVE, 2);
    assertThatThrownBy(() -> Specs.plan(InstanceRole.COLOCATED, Specs.vllm(launch, KvTransfer.PLAIN), 1))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("engine.options.gpu-memory-utilization: follows from "
            + "the deployment or has a key of its own, and cannot be an option; remove it");
  }

  @Test
  void theShellLineCanBePasted() {
    assertThat(Specs.plan(InstanceRole.PREFILL, PLAIN, 1, "it's").shellLine())
        .contains("--kv-transfer-config '{\"kv_connector\":\"NixlConnector\",\"kv_role\":\"kv_producer\"}'")
        .endsWith(" 'it'\\''s'");
  }
}
