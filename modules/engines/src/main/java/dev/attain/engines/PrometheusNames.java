package dev.attain.engines;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Names of an engine's metrics in Prometheus' text format. Where there are several names, an older version has the
 * later one; but all names of {@code waiting} count together.
 *
 * @param steps the histogram of tokens in a step; empty text for engines without
 */
record PrometheusNames(String running, List<String> waiting, List<String> kvUsage, String preemptions,
    String promptTokens, String generatedTokens, String steps,
    Map<EngineStage, List<String>> stages) implements MetricNames {

  /** vLLM and whatever speaks like it, the simulator among others. */
  static final PrometheusNames VLLM = new PrometheusNames("vllm:num_requests_running",
      List.of("vllm:num_requests_waiting"), List.of("vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc"),
      "vllm:num_preemptions_total", "vllm:prompt_tokens_total", "vllm:generation_tokens_total",
      "vllm:iteration_tokens_total",
      Map.of(EngineStage.QUEUE_TIME, List.of("vllm:request_queue_time_seconds"),
          EngineStage.PREFILL_TIME, List.of("vllm:request_prefill_time_seconds"),
          EngineStage.DECODE_TIME, List.of("vllm:request_decode_time_seconds"),
          EngineStage.TTFT, List.of("vllm:time_to_first_token_seconds"),
          EngineStage.ITL, List.of("vllm:inter_token_latency_seconds", "vllm:time_per_output_token_seconds"),
          EngineStage.E2E, List.of("vllm:e2e_request_latency_seconds")));

  /** With {@code --enable-metrics}. Its preemption is the retraction; that counter appears with the first one. */
  static final PrometheusNames SGLANG = new PrometheusNames("sglang:num_running_reqs",
      List.of("sglang:num_queue_reqs"), List.of("sglang:token_usage"), "sglang:num_retracted_requests_total",
      "sglang:prompt_tokens_total", "sglang:generation_tokens_total", "",
      Map.of(EngineStage.QUEUE_TIME, List.of("sglang:queue_time_seconds"),
          EngineStage.TTFT, List.of("sglang:time_to_first_token_seconds"),
          EngineStage.ITL, List.of("sglang:inter_token_latency_seconds", "sglang:time_per_output_token_seconds"),
          EngineStage.E2E, List.of("sglang:e2e_request_latency_seconds")));

  /** Requests wait for a handle of the API server first, and then in the engine. */
  static final PrometheusNames LMDEPLOY = new PrometheusNames("lmdeploy:num_requests_running",
      List.of("lmdeploy:num_requests_waiting", "lmdeploy:num_api_requests_waiting"),
      List.of("lmdeploy:gpu_cache_usage_perc"), "", "lmdeploy:prompt_tokens_total",
      "lmdeploy:generation_tokens_total", "lmdeploy:iteration_tokens_total",
      Map.of(EngineStage.QUEUE_TIME, List.of("lmdeploy:request_queue_time_seconds"),
          EngineStage.PREFILL_TIME, List.of("lmdeploy:request_prefill_time_seconds"),
          EngineStage.DECODE_TIME, List.of("lmdeploy:request_decode_time_seconds"),
          EngineStage.TTFT, List.of("lmdeploy:time_to_first_token_seconds"),
          EngineStage.ITL, List.of("lmdeploy:iter_token_latency"),
          EngineStage.E2E, List.of("lmdeploy:e2e_request_latency_seconds")));

  PrometheusNames {
    waiting = List.copyOf(waiting);
    kvUsage = List.copyOf(kvUsage);
    stages = Map.copyOf(stages);
  }

  @Override
  public Optional<EnginePage> read(String text) {
    ServerMetrics page = ServerMetrics.parse(text);
    if (!page.has(running)) {
      return Optional.empty();
    }
    EngineSample sample = new EngineSample(total(page, running), totalOf(page, waiting), fullest(page),
        total(page, preemptions), total(page, promptTokens), total(page, generatedTokens), total(page,
            steps + "_count"),
        total(page, steps + "_sum"));
    return Optional.of(new EnginePage(sample, histograms(page)));
  }

  private Map<EngineStage, LatencyHistogram> histograms(ServerMetrics page) {
    Map<EngineStage, LatencyHistogram> histograms = new EnumMap<>(EngineStage.class);
    stages.forEach((stage, names) -> names.stream().filter(name -> page.has(name + "_bucket")).findFirst()
        .ifPresent(name -> histograms.put(stage, LatencyHistogram.of(page, name))));
    return histograms;
  }

  private OptionalDouble fullest(ServerMetrics page) {
    return kvUsage.stream().map(page::max).filter(OptionalDouble::isPresent).findFirst()
        .orElse(OptionalDouble.empty());
  }

  private static OptionalDouble totalOf(ServerMetrics page, List<String> names) {
    return names.stream().anyMatch(page::has)
        ? OptionalDouble.of(names.stream().mapToDouble(page::sum).sum())
        : OptionalDouble.empty();
  }

  private static OptionalDouble total(ServerMetrics page, String name) {
    return page.has(name) ? OptionalDouble.of(page.sum(name)) : OptionalDouble.empty();
  }
}
