package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatorOptionsTest {

  private static SimulatorOptions parse(String... arguments) throws SimulatorException {
    return SimulatorOptions.parse(List.of(arguments), Map.of());
  }

  private static void assertRefused(String message, String... arguments) {
    assertThatThrownBy(() -> parse(arguments)).isInstanceOf(SimulatorException.class).hasMessageContaining(message);
  }

  @Test
  void aVllmCommandLineIsUnderstood() throws SimulatorException {
    SimulatorOptions options = parse("meta-llama/Llama-3.1-8B-Instruct", "--host", "0.0.0.0", "--port=9001",
        "--served-model-name", "a", "b", "--tensor-parallel-size", "2", "--max_num_seqs", "64",
        "--max-num-batched-tokens", "512", "--max-model-len", "4096", "--block-size", "32", "--load-format", "dummy",
        "--enforce-eager", "--no-enable-prefix-caching", "--seed", "-1");

    assertThat(options.serving().host()).isEqualTo("0.0.0.0");
    assertThat(options.serving().port()).isEqualTo(9001);
    assertThat(options.serving().servedNames()).containsExactly("a", "b");
    assertThat(options.engine().tensorParallel()).isEqualTo(2);
    assertThat(options.engine().limits().maxSequences()).isEqualTo(64);
    assertThat(options.engine().limits().maxBatchedTokens()).isEqualTo(512);
    assertThat(options.engine().limits().blockTokens()).isEqualTo(32);
    assertThat(options.engine().contextTokens()).isEqualTo(4096);
    assertThat(options.withoutEffect()).containsExactly("--load-format", "--enforce-eager");
    assertThat(options.features().cachesPrefixes()).isFalse();
  }

  @Test
  void flagsThatContradictEachOtherAreRefused() {
    assertRefused("exclude each other", "--enable-prefix-caching", "--no-enable-prefix-caching");
    assertRefused("remove --disable-log-stats", "--enable-per-request-metrics", "--disable-log-stats");
  }

  @Test
  void theDefaultsAreVllms() throws SimulatorException {
    SimulatorOptions large = parse("--sim-gpu", "H200");
    SimulatorOptions small = parse("--sim-gpu", "a100");

    assertThat(large.serving().port()).isEqualTo(8000);
    assertThat(large.serving().name()).isEqualTo("llama-3.1-8b");
    assertThat(large.engine().limits().maxBatchedTokens()).isEqualTo(8192);
    assertThat(large.engine().limits().maxSequences()).isEqualTo(1024);
    assertThat(large.engine().limits().schedulesAhead()).isTrue();
    assertThat(large.engine().contextTokens()).isEqualTo(131_072);
    assertThat(small.engine().limits().maxBatchedTokens()).isEqualTo(2048);
    assertThat(small.engine().limits().maxSequences()).isEqualTo(256);
    assertThat(large.kvTransfer().connected()).isFalse();
    assertThat(large.kvTransfer().sidePort()).isEqualTo(5600);
    assertThat(large.kvTransfer().lease()).hasSeconds(30);
  }

  @Test
  void theKvCacheHasTheMeasuredSize() throws SimulatorException {
    long tokens = parse("--sim-gpu", "h200", "--gpu-memory-utilization", "0.8").engine().limits().kvTokens();

    assertThat((double) tokens).isCloseTo(782_752, within(0.01 * 782_752));
  }

  @Test
  void rolesAndLeaseComeFromTheTransferConfiguration() throws SimulatorException {
    KvTransferSetup setup = SimulatorOptions.parse(List.of("--kv-transfer-config",
        "{\"kv_connector\":\"NixlConnector\",\"kv_role\":\"kv_producer\",\"engine_id\":\"p\","
            + "\"kv_connector_extra_config\":{\"kv_lease_duration\":12.5}}"),
        Map.of("VLLM_NIXL_SIDE_CHANNEL_PORT", "5700", "VLLM_NIXL_SIDE_CHANNEL_HOST", "10.0.0.1")).kvTransfer();

    assertThat(setup.produces()).isTrue();
    assertThat(setup.engineId()).isEqualTo("p");
    assertThat(setup.lease()).hasMillis(12_500);
    assertThat(setup.sideHost()).isEqualTo("10.0.0.1");
    assertThat(setup.sidePort()).isEqualTo(5700);
  }

  @Test
  void mistakesAreSaidInOneSentence() {
    assertRefused("unknown flag --max-model-length; the nearest known one is --max-model-len", "--max-model-length",
        "1");
    assertRefused("unknown model \"llama-8b\"; the nearest known one is llama-3.1-8b", "llama-8b");
    assertRefused("--sim-gpu: unknown GPU \"h300\"; known are a100", "--sim-gpu", "h300");
    assertRefused("--port needs a value", "--port", "--model", "x");
    assertRefused("--port: \"-1\" is not a number from 0 to 65535", "--port", "-1");
    assertRefused("--max-num-seqs: 1.5 is not a whole number", "--max-num-seqs", "1.5");
    assertRefused("second model", "llama-3.1-8b", "opt-13b");
    assertRefused("cannot be divided by 3", "--tensor-parallel-size", "3");
    assertRefused("leave no room for a KV cache", "llama-3.1-70b");
    assertRefused("fewer than a context of 131072", "--sim-kv-tokens", "1000");
    assertRefused("--max-num-seqs 64 is more than --max-num-batched-tokens 32", "--max-num-seqs", "64",
        "--max-num-batched-tokens", "32");
    assertRefused("not JSON", "--kv-transfer-config", "{");
    assertRefused("kv_role \"\" is not one of kv_producer", "--kv-transfer-config",
        "{\"kv_connector\":\"NixlConnector\"}");
    assertRefused("kv_connector \"Other\"", "--kv-transfer-config", "{\"kv_connector\":\"Other\"}");
    assertRefused("--sim-link: l40s has no usual nvlink", "--sim-gpu", "l40s", "--sim-link", "nvlink",
        "--max-model-len", "4096");
  }

  @Test
  void everyCoefficientCanBeOverridden() throws SimulatorException {
    StepShape step = new StepShape();
    step.addDecode(100);
    long usual = parse().engine().stepCost().nanos(step);

    assertThat(parse("--sim-host-ms", "100").engine().stepCost().nanos(step)).isGreaterThan(usual + 90_000_000);
    assertThat(parse("--sim-weight-read-efficiency", "0.36").engine().stepCost().nanos(step)).isGreaterThan(usual);
    assertThat(parse("--sim-link-gbps", "1").engine().transferCost().bytesPerSecond()).isEqualTo(1e9);
    assertThat(parse("--sim-handover-ms", "7").engine().transferCost().handOverNanos()).isEqualTo(7_000_000);
  }

  @Test
  void theHelpNamesEveryFlag() {
    assertThat(Flags.KNOWN).allSatisfy(flag -> assertThat(Flags.help()).contains(flag.name()));
  }
}
