package dev.attain.simulator;

import java.util.concurrent.atomic.AtomicLong;

/** What engines other than vLLM say of their work, under their names and with their omissions. */
final class ForeignMetrics {

  private ForeignMetrics() {}

  /** The page of SGLang, which has it only with {@code --enable-metrics}. */
  static String sglang(EngineMetrics metrics, String servedName) {
    MetricsPage page = new MetricsPage(servedName);
    page.gauge("sglang:num_running_reqs", "Running requests.", metrics.running);
    page.gauge("sglang:num_queue_reqs", "Requests in the waiting queue.", metrics.waiting);
    page.gauge("sglang:token_usage", "Share of the token pool in use.", metrics.kvUsage);
    page.counter("sglang:prompt_tokens", "Prefill tokens processed.", metrics.promptTokens);
    page.counter("sglang:generation_tokens", "Generation tokens processed.", metrics.generationTokens);
    if (metrics.preemptions.get() > 0) {
      page.counter("sglang:num_retracted_requests", "Retracted requests.", metrics.preemptions);
    }
    page.histogram("sglang:queue_time_seconds", "Time in the queue.", metrics.queue);
    page.histogram("sglang:time_to_first_token_seconds", "Time to first token.", metrics.firstToken);
    page.histogram("sglang:inter_token_latency_seconds", "Time between two tokens.", metrics.interToken);
    page.histogram("sglang:e2e_request_latency_seconds", "Time from arrival to last token.", metrics.endToEnd);
    return page.text();
  }

  /** The page of LMDeploy. */
  static String lmdeploy(EngineMetrics metrics, String servedName) {
    MetricsPage page = new MetricsPage(servedName);
    page.gauge("lmdeploy:num_requests_running", "Running requests.", metrics.running);
    page.gauge("lmdeploy:num_requests_waiting", "Requests that wait in the engine.", metrics.waiting);
    page.gauge("lmdeploy:num_api_requests_waiting", "Requests that wait in the API server.", 0);
    page.gauge("lmdeploy:gpu_cache_usage_perc", "Share of the KV cache in use.", metrics.kvUsage);
    page.counter("lmdeploy:prompt_tokens", "Prefill tokens processed.", metrics.promptTokens);
    page.counter("lmdeploy:generation_tokens", "Generation tokens processed.", metrics.generationTokens);
    page.histogram("lmdeploy:iteration_tokens_total", "Tokens in a step.", metrics.iterationTokens);
    page.histogram("lmdeploy:request_queue_time_seconds", "Time spent waiting.", metrics.queue);
    page.histogram("lmdeploy:request_prefill_time_seconds", "Time of prefill.", metrics.prefill);
    page.histogram("lmdeploy:request_decode_time_seconds", "Time of decode.", metrics.decode);
    page.histogram("lmdeploy:time_to_first_token_seconds", "Time to first token.", metrics.firstToken);
    page.histogram("lmdeploy:iter_token_latency", "Time between two tokens.", metrics.interToken);
    page.histogram("lmdeploy:e2e_request_latency_seconds", "Time from arrival to last token.", metrics.endToEnd);
    return page.text();
  }

  /**
   * The statistics of TensorRT-LLM: JSON, and empty when there was no step since somebody last asked. Only the newest
   * step is told.
   *
   * @param told
   *          steps at that time; brought up to date
   */
  static String tensorRtLlm(EngineMetrics metrics, EngineLimits limits, AtomicLong told) {
    long steps = metrics.iterationTokens.total();
    if (told.getAndSet(steps) == steps) {
      return "[]";
    }
    long used = Math.round(metrics.kvUsage * limits.blocks());
    return "[" + Json.object(step -> {
      step.put("iter", steps).put("numActiveRequests", metrics.running).put("numQueuedRequests", metrics.waiting);
      step.putObject("kvCacheStats").put("maxNumBlocks", limits.blocks()).put("usedNumBlocks", used)
          .put("freeNumBlocks", limits.blocks() - used).put("tokensPerBlock", limits.blockTokens());
    }) + "]";
  }
}
