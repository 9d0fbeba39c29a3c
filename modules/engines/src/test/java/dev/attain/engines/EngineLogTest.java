package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class EngineLogTest {
  @Test
  void linesOfVllmTellHowFarItIs() {
    assertThat(describe("INFO 11-22 10:00:01 [gpu_model_runner.py:4120] Starting to load model /models/tiny..."))
        .isEqualTo("loading");
    assertThat(describe("Loading safetensors checkpoint shards:  50% Completed | 2/4 [00:01<00:01,  1.9it/s]"))
        .isEqualTo("loading 2 of 4");
    assertThat(
        describe("(EngineCore pid=77) INFO 11-22 10:00:20 Model loading took 14.99 GiB memory and 8.100000 seconds"))
        .isEqualTo("loading");
    assertThat(
        describe("(EngineCore pid=77) INFO 11-22 10:00:31 [kv_cache_utils.py:1290] GPU KV cache size: 782,752 tokens"))
        .isEqualTo("KV cache size 782,752 tokens");
    assertThat(
        describe("(EngineCore pid=77) INFO 11-22 10:00:25 [backends.py:861] Dynamo bytecode transform time: 5.32 s"))
        .isEqualTo("compiling");
    assertThat(describe("INFO 11-22 10:00:40 [monitor.py:48] torch.compile takes 17.60 s in total"))
        .isEqualTo("compiling");
    assertThat(describe("Capturing CUDA graphs (mixed prefill-decode, PIECEWISE):  31%|###       | 16/51"))
        .isEqualTo("capturing graphs");
    assertThat(describe("Capturing CUDA graphs (decode, FULL):  31%|###       | 16/51 [00:02<00:03, 11.0it/s]"))
        .isEqualTo("capturing graphs 16 of 51");
    assertThat(describe("INFO:     Application startup complete.")).isEqualTo("server started");
  }

  @Test
  void sizesMayBeWrittenWithoutCommas() {
    assertThat(EngineLog.state("CPU KV cache size: 4096 tokens")).hasValue(new EngineState.KvCache(4096));
  }

  @Test
  void otherLinesTellNothing() {
    assertThat(EngineLog.state("INFO 11-22 10:00:01 Using max model len 32768")).isEmpty();
    assertThat(EngineLog.state("GPU KV cache size: 9999999999999999999999 tokens")).isEmpty();
    assertThat(EngineLog.state("WARNING Enforce eager set, disabling torch.compile and CUDAGraphs.")).isEmpty();
    assertThat(EngineLog.state("")).isEmpty();
  }

  @Test
  void theLatestStateIsThatOfTheLastTellTaleLine() {
    assertThat(EngineLog.latest(List.of("Starting to load model x", "GPU KV cache size: 16 tokens", "something else")))
        .hasValue(new EngineState.KvCache(16));
    assertThat(EngineLog.latest(List.of("nothing"))).isEmpty();
  }

  private static String describe(String line) {
    return EngineLog.state(line).orElseThrow().describe();
  }
}
