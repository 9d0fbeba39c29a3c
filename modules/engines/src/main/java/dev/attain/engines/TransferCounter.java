package dev.attain.engines;

import java.util.Map;
import java.util.Optional;

/** A count of vLLM that speaks about KV transfer, summed over the engine cores of an instance. */
enum TransferCounter {
  /** Prompt tokens that arrived from a prefill instance; all of a prompt's, when its KV was transferred. */
  TRANSFERRED_TOKENS(TransferCounter.BY_SOURCE, Optional.of("external_kv_transfer")),
  /** Prompt tokens that the instance computed itself. */
  COMPUTED_TOKENS(TransferCounter.BY_SOURCE, Optional.of("local_compute")),
  /** Prompt tokens that the instance found in its own prefix cache. */
  CACHED_TOKENS(TransferCounter.BY_SOURCE, Optional.of("local_cache_hit")),
  /** Transfers that arrived; one for each pair of ranks, so several for a request when a side is split. */
  TRANSFERS("vllm:nixl_xfer_time_seconds_count"), BYTES("vllm:nixl_bytes_transferred_sum"),
  /** Seconds in which transfers were under way, added up. */
  SECONDS("vllm:nixl_xfer_time_seconds_sum"),
  /** Transfers that did not arrive. */
  FAILED_TRANSFERS("vllm:nixl_num_failed_transfers_total"),
  /** Words from one side to the other, that KV has been read or is wanted, which did not arrive. */
  FAILED_NOTIFICATIONS("vllm:nixl_num_failed_notifications_total"),
  /** Requests whose KV was given away because nobody had read it in time. */
  EXPIRED("vllm:nixl_num_kv_expired_reqs_total"),
  /** Reads that came after that: their answers may be wrong. */
  READS_AFTER_EXPIRY("vllm:nixl_num_notifications_after_expiry_total");

  static final String BY_SOURCE = "vllm:prompt_tokens_by_source_total";

  private final String metric;
  private final Optional<String> source;

  TransferCounter(String metric) {
    this(metric, Optional.empty());
  }

  TransferCounter(String metric, Optional<String> source) {
    this.metric = metric;
    this.source = source;
  }

  double in(ServerMetrics page) {
    return source.map(value -> page.sum(metric, "source", value)).orElseGet(() -> page.sum(metric));
  }

  /** Prompt tokens count on the side that answers; the other side computes them by design. */
  boolean onDecodeSideOnly() {
    return source.isPresent();
  }

  double of(Map<TransferCounter, Double> counts) {
    return counts.getOrDefault(this, 0.0);
  }
}
