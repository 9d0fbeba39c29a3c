package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.experiment.Engine;
import dev.attain.experiment.KvTransfer;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MetricNamesTest {
  private static EnginePage read(MetricNames names, String page) {
    return names.read(page).orElseThrow();
  }

  private static OptionalDouble value(double value) {
    return OptionalDouble.of(value);
  }

  @Test
  void vllmTellsEverything() {
    EngineSample sample = read(PrometheusNames.VLLM, Pages.VLLM).sample();
    assertThat(sample).isEqualTo(new EngineSample(value(12), value(3), value(0.75), value(2), value(40_960),
        value(8_100), value(700), value(49_060)));
    assertThat(sample.idle()).isFalse();
  }

  @Test
  void coresOfAnEngineAddUpAndTheFullestCacheCounts() {
    EngineSample sample = read(PrometheusNames.VLLM, """
      vllm:num_requests_running{engine="0",model_name="m"} 3.0
      vllm:num_requests_running{engine="1",model_name="m"} 4.0
      vllm:kv_cache_usage_perc{engine="0",model_name="m"} 0.2
      vllm:kv_cache_usage_perc{engine="1",model_name="m"} 0.6
      """).sample();
    assertThat(sample.running()).hasValue(7);
    assertThat(sample.kvUsage()).hasValue(0.6);
    assertThat(sample.waiting()).isEmpty();
  }

  @Test
  void olderVllmNamesTheCacheAfterTheGpu() {
    assertThat(read(PrometheusNames.VLLM, "vllm:num_requests_running 1\nvllm:gpu_cache_usage_perc 0.5\n").sample()
        .kvUsage()).hasValue(0.5);
  }

  @Test
  void vllmsStagesAreHistograms() {
    LatencyHistogram queue = read(PrometheusNames.VLLM, Pages.VLLM).stages().get(EngineStage.QUEUE_TIME);
    assertThat(queue.count()).isEqualTo(20);
    assertThat(queue.mean()).isEqualTo(0.2);
  }

  @Test
  void sglangCountsRetractionsOnlyOnceThereWasOne() {
    EnginePage page = read(PrometheusNames.SGLANG, Pages.SGLANG);
    assertThat(page.sample()).isEqualTo(new EngineSample(value(8), value(4), value(0.52), OptionalDouble.empty(),
        value(8_128_902), value(7_557_572), OptionalDouble.empty(), OptionalDouble.empty()));
    assertThat(page.stages()).containsOnlyKeys(EngineStage.TTFT, EngineStage.QUEUE_TIME);
    assertThat(read(PrometheusNames.SGLANG, Pages.SGLANG + "sglang:num_retracted_requests_total{tp_rank=\"0\"} 5.0\n")
        .sample().preemptions()).hasValue(5);
  }

  @Test
  void lmdeploysRequestsWaitInTheApiServerAndInTheEngine() {
    EngineSample sample = read(PrometheusNames.LMDEPLOY, Pages.LMDEPLOY).sample();
    assertThat(sample.running()).hasValue(6);
    assertThat(sample.waiting()).hasValue(9);
    assertThat(sample.kvUsage()).hasValue(0.31);
    assertThat(sample.preemptions()).isEmpty();
    assertThat(sample.promptTokens()).hasValue(5_000);
  }

  @Test
  void tensorRtLlmsNewestIterationCounts() {
    EngineSample sample = read(new IterationStats(), Pages.TENSORRT_LLM).sample();
    assertThat(sample.running()).hasValue(5);
    assertThat(sample.waiting()).hasValue(3);
    assertThat(sample.kvUsage()).hasValue(0.6);
  }

  @Test
  void aTensorRtLlmWithoutIterationsSaysNothingAndIsIdle() {
    EngineSample sample = read(new IterationStats(), "[]").sample();
    assertThat(sample.running()).isEmpty();
    assertThat(sample.idle()).isTrue();
  }

  @Test
  void theKindOfAnEngineIsFoundByTheNamesInItsPage() {
    assertThat(MetricNames.recognised(Pages.VLLM)).contains(PrometheusNames.VLLM);
    assertThat(MetricNames.recognised(Pages.SGLANG)).contains(PrometheusNames.SGLANG);
    assertThat(MetricNames.recognised(Pages.LMDEPLOY)).contains(PrometheusNames.LMDEPLOY);
    assertThat(MetricNames.recognised(Pages.TENSORRT_LLM)).contains(new IterationStats());
  }

  @Test
  void otherPagesAreNoEngines() {
    assertThat(MetricNames.recognised("")).isEmpty();
    assertThat(MetricNames.recognised("process_cpu_seconds_total 3.0\n")).isEmpty();
    assertThat(MetricNames.recognised("<html>not found</html>")).isEmpty();
    assertThat(MetricNames.recognised("[1, 2")).isEmpty();
    assertThat(MetricNames.recognised("[{\"iter\": 3}]")).isEmpty();
  }

  @Test
  void everyKindSaysHowItsPageIsWritten() {
    assertThat(EngineKind.of(Specs.vllm(Specs.launch("vllm"), KvTransfer.PLAIN)).metrics())
        .contains(PrometheusNames.VLLM);
    assertThat(EngineKind.of(new Engine.Sglang(Specs.launch("s"))).metrics()).contains(PrometheusNames.SGLANG);
    assertThat(EngineKind.of(new Engine.Lmdeploy(Specs.launch("l"))).metrics()).contains(PrometheusNames.LMDEPLOY);
    assertThat(EngineKind.of(new Engine.TensorRtLlm(Specs.launch("t"))).metrics()).contains(new IterationStats());
    assertThat(EngineKind.of(new Engine.TransformersServe(Specs.launch("t"))).metrics()).isEmpty();
  }
}
