package dev.attain.engines;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the instances of a disaggregated deployment have counted about KV transfer, since they started or, as a
 * difference, within a time. vLLM answers 200 with the full number of tokens also when the decode side computed the
 * prompt itself, or read KV blocks that had been given away: only these counters tell.
 *
 * @param known whether the decode side counts prompt tokens by their source at all
 * @param transferredTokens prompt tokens that arrived from a prefill instance
 * @param computedTokens prompt tokens that a decode instance computed itself
 * @param cachedTokens prompt tokens that a decode instance found in its own prefix cache
 * @param seconds in which transfers were under way, added up
 * @param failed transfers that did not arrive
 * @param expired requests whose KV a prefill instance gave away because nobody had read it in time
 * @param readAfterExpiry reads that came after that: their answers may be wrong
 */
public record KvTransfer(boolean known, double transferredTokens, double computedTokens, double cachedTokens,
    double transfers, double bytes, double seconds, double failed, double expired, double readAfterExpiry) {
  private static final String BY_SOURCE = "vllm:prompt_tokens_by_source_total";

  /** Adds up the metrics pages of all prefill and of all decode instances. */
  public static KvTransfer of(List<ServerMetrics> prefill, List<ServerMetrics> decode) {
    return new KvTransfer(decode.stream().allMatch(metrics -> metrics.has(BY_SOURCE)),
        bySource(decode, "external_kv_transfer"), bySource(decode, "local_compute"),
        bySource(decode, "local_cache_hit"),
        sum(decode, "vllm:nixl_xfer_time_seconds_count"), sum(decode, "vllm:nixl_bytes_transferred_sum"),
        sum(decode, "vllm:nixl_xfer_time_seconds_sum"), sum(decode, "vllm:nixl_num_failed_transfers_total"),
        sum(prefill, "vllm:nixl_num_kv_expired_reqs_total"),
        sum(prefill, "vllm:nixl_num_notifications_after_expiry_total"));
  }

  private static double bySource(List<ServerMetrics> instances, String source) {
    return instances.stream().mapToDouble(metrics -> metrics.sum(BY_SOURCE, "source", source)).sum();
  }

  private static double sum(List<ServerMetrics> instances, String name) {
    return instances.stream().mapToDouble(metrics -> metrics.sum(name)).sum();
  }

  /** What was counted since {@code before}. */
  public KvTransfer since(KvTransfer before) {
    return new KvTransfer(known && before.known, transferredTokens - before.transferredTokens,
        computedTokens - before.computedTokens, cachedTokens - before.cachedTokens, transfers - before.transfers,
        bytes - before.bytes, seconds - before.seconds, failed - before.failed, expired - before.expired,
        readAfterExpiry - before.readAfterExpiry);
  }

  /** Why these figures, of one point, do not prove that the prompts' KV travelled; empty when they do. */
  public List<String> doubts() {
    List<String> doubts = new ArrayList<>();
    if (!known) {
      return List.of("KV transfer is not proven: the decode instances do not count prompt tokens by their source");
    }
    if (transferredTokens <= 0) {
      doubts.add("no KV was transferred: the decode instances computed %.0f prompt tokens themselves"
          .formatted(computedTokens));
    } else if (computedTokens > transfers) {
      // The last position of each prompt is computed again by design; an engine may count that one token.
      doubts.add("the decode instances computed %.0f of %.0f prompt tokens themselves".formatted(computedTokens,
          computedTokens + transferredTokens + cachedTokens));
    }
    doubt(failed, "%.0f KV transfers failed", doubts);
    doubt(expired, "the KV of %.0f requests expired on the prefill side before it was read", doubts);
    doubt(readAfterExpiry, "%.0f reads of KV came after it had expired: their answers may be wrong", doubts);
    return List.copyOf(doubts);
  }

  private static void doubt(double count, String sentence, List<String> doubts) {
    if (count > 0) {
      doubts.add(sentence.formatted(count));
    }
  }

  /** The figures by name, for the record of a point. Times are in seconds, the share is between 0 and 1. */
  public Map<String, Double> figures() {
    double prompts = transferredTokens + computedTokens + cachedTokens;
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("transferredTokens", transferredTokens);
    figures.put("computedTokens", computedTokens);
    figures.put("cachedTokens", cachedTokens);
    figures.put("transferredShare", prompts > 0 ? transferredTokens / prompts : 0);
    figures.put("transfers", transfers);
    figures.put("bytes", bytes);
    figures.put("meanTransferTime", transfers > 0 ? seconds / transfers : 0);
    figures.put("failedTransfers", failed);
    figures.put("expiredRequests", expired);
    figures.put("readsAfterExpiry", readAfterExpiry);
    return figures;
  }
}
