package dev.attain.simulator;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Writes metrics in Prometheus' text format, with vLLM's labels; its own page under vLLM's names. */
final class MetricsPage {

  private final StringBuilder page = new StringBuilder(32_768);
  private final String labels;

  MetricsPage(String servedName) {
    this.labels = "engine=\"0\",model_name=\"" + servedName.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  static String of(EngineMetrics metrics, EngineLimits limits, String servedName) {
    MetricsPage page = new MetricsPage(servedName);
    page.gauges(metrics, limits);
    page.counters(metrics);
    page.latencies(metrics);
    page.transfers(metrics);
    return page.text();
  }

  String text() {
    return page.toString();
  }

  private void gauges(EngineMetrics metrics, EngineLimits limits) {
    gauge("vllm:num_requests_running", "Number of requests in model execution batches.", metrics.running);
    gauge("vllm:num_requests_waiting", "Number of requests waiting to be processed.", metrics.waiting);
    heading("vllm:num_requests_waiting_by_reason", "gauge", "Number of waiting requests by reason.");
    line("vllm:num_requests_waiting_by_reason", "reason=\"capacity\"", metrics.waiting - metrics.deferred);
    line("vllm:num_requests_waiting_by_reason", "reason=\"deferred\"", metrics.deferred);
    gauge("vllm:kv_cache_usage_perc", "KV-cache usage. 1 means 100 percent usage.", metrics.kvUsage);
    heading("vllm:cache_config_info", "gauge", "Information of the engine's KV cache.");
    line("vllm:cache_config_info",
        "block_size=\"" + limits.blockTokens() + "\",num_gpu_blocks=\"" + limits.blocks() + "\"", 1);
  }

  private void counters(EngineMetrics metrics) {
    counter("vllm:prompt_tokens", "Number of prefill tokens processed.", metrics.promptTokens);
    heading("vllm:prompt_tokens_by_source_total", "counter", "Number of prompt tokens by where their KV came from.");
    bySource("local_compute", metrics.promptTokensComputed.get());
    bySource("local_cache_hit", metrics.promptTokensFound.get());
    bySource("external_kv_transfer", metrics.promptTokensTransferred.get());
    heading("vllm:prompt_tokens_cached_total", "counter", "Number of prompt tokens that were not computed here.");
    line("vllm:prompt_tokens_cached_total", "",
        metrics.promptTokensFound.get() + metrics.promptTokensTransferred.get());
    counter("vllm:generation_tokens", "Number of generation tokens processed.", metrics.generationTokens);
    counter("vllm:num_preemptions", "Cumulative number of preemptions.", metrics.preemptions);
    counter("vllm:prefix_cache_queries", "Prefix cache queries, in tokens.", metrics.promptTokensLookedFor);
    counter("vllm:prefix_cache_hits", "Prefix cache hits, in tokens.", metrics.promptTokensFound);
    counter("vllm:external_prefix_cache_queries", "Tokens looked for on other instances.",
        metrics.promptTokensTransferred);
    counter("vllm:external_prefix_cache_hits", "Tokens found on other instances.", metrics.promptTokensTransferred);
    heading("vllm:request_success_total", "counter", "Count of finished requests.");
    for (Map.Entry<FinishReason, AtomicLong> entry : metrics.finished.entrySet()) {
      line("vllm:request_success_total", "finished_reason=\"" + entry.getKey().wireName() + "\"",
          entry.getValue().get());
    }
  }

  private void latencies(EngineMetrics metrics) {
    histogram("vllm:time_to_first_token_seconds", "Time to first token.", metrics.firstToken);
    histogram("vllm:inter_token_latency_seconds", "Time between two tokens.", metrics.interToken);
    histogram("vllm:request_time_per_output_token_seconds", "Mean time per output token.", metrics.perOutputToken);
    histogram("vllm:e2e_request_latency_seconds", "Time from arrival to last token.", metrics.endToEnd);
    histogram("vllm:request_queue_time_seconds", "Time spent waiting.", metrics.queue);
    histogram("vllm:request_inference_time_seconds", "Time from scheduled to last token.", metrics.inference);
    histogram("vllm:request_prefill_time_seconds", "Time from scheduled to first token.", metrics.prefill);
    histogram("vllm:request_decode_time_seconds", "Time from first to last token.", metrics.decode);
    histogram("vllm:request_prompt_tokens", "Prompt tokens of a request.", metrics.requestPromptTokens);
    histogram("vllm:request_generation_tokens", "Output tokens of a request.", metrics.requestGenerationTokens);
    histogram("vllm:iteration_tokens_total", "Tokens in a step.", metrics.iterationTokens);
    histogram("sim:token_lateness_seconds", "Delay of tokens against the step clock, when written to their sockets.",
        metrics.lateness);
  }

  private void transfers(EngineMetrics metrics) {
    histogram("vllm:nixl_xfer_time_seconds", "Duration of KV transfers.", metrics.transferTime);
    histogram("vllm:nixl_post_time_seconds", "Time to post KV transfers.", metrics.postTime);
    histogram("vllm:nixl_bytes_transferred", "Bytes of KV transfers.", metrics.transferBytes);
    histogram("vllm:nixl_num_descriptors", "Descriptors of KV transfers.", metrics.descriptors);
    counter("vllm:nixl_num_failed_transfers", "Failed KV transfers.", metrics.failedTransfers);
    counter("vllm:nixl_num_failed_notifications", "Failed notifications.", metrics.failedNotifications);
    counter("vllm:nixl_num_kv_expired_reqs", "Requests whose KV was never read.", metrics.expiredRequests);
    counter("vllm:nixl_num_notifications_after_expiry", "Reads of KV that had expired.",
        metrics.notificationsAfterExpiry);
  }

  void gauge(String name, String help, double value) {
    heading(name, "gauge", help);
    line(name, "", value);
  }

  void counter(String name, String help, AtomicLong value) {
    heading(name + "_total", "counter", help);
    line(name + "_total", "", value.get());
  }

  private void bySource(String source, long tokens) {
    line("vllm:prompt_tokens_by_source_total", "source=\"" + source + "\"", tokens);
  }

  void histogram(String name, String help, BucketHistogram histogram) {
    heading(name, "histogram", help);
    long cumulative = 0;
    for (int bucket = 0; bucket < histogram.buckets(); bucket++) {
      cumulative += histogram.count(bucket);
      line(name + "_bucket", "le=\"" + bound(histogram.bound(bucket)) + "\"", cumulative);
    }
    line(name + "_count", "", cumulative);
    line(name + "_sum", "", histogram.sum());
  }

  private static String bound(double bound) {
    return Double.isInfinite(bound) ? "+Inf" : String.valueOf(bound);
  }

  private void heading(String name, String type, String help) {
    page.append("# HELP ").append(name).append(' ').append(help).append('\n');
    page.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void line(String name, String further, long value) {
    write(name, further, value + ".0");
  }

  private void line(String name, String further, double value) {
    write(name, further, Double.toString(value));
  }

  private void write(String name, String further, String value) {
    page.append(name).append('{').append(labels);
    if (!further.isEmpty()) {
      page.append(',').append(further);
    }
    page.append("} ").append(value).append('\n');
  }
}
