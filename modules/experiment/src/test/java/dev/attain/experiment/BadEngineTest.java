package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadEngineTest {
  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
    kind = vlm                               | engine.kind: vlm is not known here; the nearest is vllm (known: simulator, vllm, sglang, tensorrt-llm, lmdeploy, transformers)
    kind = vllm, gpu = h100                  | engine.gpu: has no effect with engine.kind = vllm; leave it out
    kind = sglang, dtype = half              | engine.dtype: has no effect with engine.kind = sglang; leave it out
    load-format = dummy                      | engine.load-format: has no effect with engine.kind = simulator; leave it out
    kind = vllm, gpu-memory-utilisation = 1  | engine.gpu-memory-utilisation: is no known key; the nearest is engine.gpu-memory-utilization
    kind = vllm, gpu-memory-utilization = 80 | engine.gpu-memory-utilization: 80 is above 1; write a fraction, for example 0.8
    kind = vllm, instances-per-gpu = 3, gpu-memory-utilization = 0.8 | engine.gpu-memory-utilization: 0.8 for each of 3 instances on a GPU is more than there is; write 0.33 or less
    kind = vllm, gpus = [1, 1]               | engine.gpus: [1,1] names a GPU twice; write engine.instances-per-gpu to share GPUs
    kind = vllm, executable = []             | engine.executable: names no program; write for example executable = "vllm serve", or leave the key out
    kind = vllm, environment = [1]           | engine.environment: must be a section in { }, one variable with its value on a line
    kind = vllm, environment.HF_TOKEN = abc  | engine.environment.HF_TOKEN: is a secret, and the configuration goes into the bundle; export it where the engine's node is started, whose environment engines inherit
    kind = vllm, environment.CUDA_VISIBLE_DEVICES = 0 | engine.environment.CUDA_VISIBLE_DEVICES: follows from the placement of instances; write engine.gpus
    kind = vllm, environment.VLLM_PORT = 1   | engine.environment.VLLM_PORT: differs for each instance and is set by attain; leave it out
    kind = vllm, environment.VLLM_NIXL_ABORT_REQUEST_TIMEOUT = 480 | engine.environment.VLLM_NIXL_ABORT_REQUEST_TIMEOUT: was removed from vLLM and does nothing; write engine.kv-transfer.lease
    kind = vllm, extra-arguments = ["--disable-log-requests"] | engine.extra-arguments: disable-log-requests was removed from vLLM, which logs no requests unless asked; leave it out
    kind = vllm, options.api-key = x         | engine.options.api-key: api-key is a secret, and command lines go into the bundle; give it to the engine through the environment
    kind = vllm, kv-transfer.connector = Nixl | engine.kv-transfer.connector: Nixl is not a connector that attain knows; the nearest is NixlConnector (known: NixlConnector, NixlPushConnector)
    kind = vllm, kv-transfer.conector = Nixl | engine.kv-transfer.conector: is no known key; the nearest is engine.kv-transfer.connector
    kind = vllm, kv-transfer.lease = 1500 ms | engine.kv-transfer.lease: 1500 ms is not a whole number of seconds; write for example 60 s
    kind = vllm, kv-transfer.extra.kv_lease_duration = 60 | engine.kv-transfer.extra.kv_lease_duration: has a key of its own; write kv-transfer.lease
    """)
  void isNamedInOneSentenceWithItsLine(String engine, String sentence) {
    assertThat(Sample.minimalAnd(folder, "engine { " + engine + " }").problems())
        .containsExactly("x.conf:5: " + sentence);
  }

  @Test
  void otherEnginesAreNotJoinedByAttain() {
    assertThat(Sample.minimalAnd(folder, "deployments = [{ name = d, kind = disaggregated, engine.kind = sglang }]")
        .problems())
        .containsExactly("x.conf:5: deployments.d.engine: sglang hands over keys and values through a router"
            + " of its own; deploy it colocated, or start it with its router and write kind = external");
  }

  @Test
  void anEngineThatLoadsAModelNeedsToKnowWhich() {
    assertThat(Sample.minimalAnd(folder, "engine.kind = vllm\nmodel.name = auto").problems()).containsExactly(
        "x.conf:6: model.path: is missing, and vllm loads a model; write for example path = Qwen/Qwen3-0.6B, or a folder");
  }

  @Test
  void aContextThatTheEngineRefusesIsNamed() {
    assertThat(Sample.minimalAnd(folder, "engine { kind = vllm, max-model-len = 2048 }\nmodel.context-tokens = 4096")
        .problems()).containsExactly("x.conf:6: model.context-tokens: 4096 is above an engine.max-model-len of 2048,"
            + " which refuses longer requests; lower it");
  }
}
