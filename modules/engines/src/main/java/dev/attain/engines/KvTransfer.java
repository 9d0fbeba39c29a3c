package dev.attain.engines;

import static dev.attain.engines.TransferCounter.BYTES;
import static dev.attain.engines.TransferCounter.CACHED_TOKENS;
import static dev.attain.engines.TransferCounter.COMPUTED_TOKENS;
import static dev.attain.engines.TransferCounter.EXPIRED;
import static dev.attain.engines.TransferCounter.FAILED_NOTIFICATIONS;
import static dev.attain.engines.TransferCounter.FAILED_TRANSFERS;
import static dev.attain.engines.TransferCounter.READS_AFTER_EXPIRY;
import static dev.attain.engines.TransferCounter.SECONDS;
import static dev.attain.engines.TransferCounter.TRANSFERRED_TOKENS;
import static dev.attain.engines.TransferCounter.TRANSFERS;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the instances of a disaggregated deployment counted about KV transfer during a point. vLLM answers 200 with the
 * full number of tokens also when the decode side computed the prompt itself, or read KV blocks that had been given
 * away: only these counters tell.
 *
 * <p>
 * Transfers are counted by whoever carries them out: the decode side when it fetches, the prefill side when it sends.
 * Everything but prompt tokens is therefore added up over both sides.
 */
public final class KvTransfer {
  private final Map<TransferCounter, Double> counts;
  private final List<String> unprovable;

  private KvTransfer(Map<TransferCounter, Double> counts, List<String> unprovable) {
    this.counts = counts;
    this.unprovable = List.copyOf(unprovable);
  }

  /** What was counted from one reading to the other, of the same instances. */
  public static KvTransfer between(TransferReading before, TransferReading after) {
    List<String> unprovable = new ArrayList<>();
    if (!after.decode().stream().allMatch(InstanceTransfers::bySource)) {
      unprovable
          .add("KV transfer is not proven: the decode instances do not count prompt tokens by their source");
    }
    Map<TransferCounter, Double> counts = new EnumMap<>(TransferCounter.class);
    addSide(before.prefill(), after.prefill(), false, counts, unprovable);
    addSide(before.decode(), after.decode(), true, counts, unprovable);
    if (!before.settled() || !after.settled()) {
      unprovable.add(
          "KV transfer is not proven: %s the point the engines' counters moved although none of its requests was open; somebody else uses these engines"
              .formatted(before.settled() ? "after" : "before"));
    }
    return new KvTransfer(counts, unprovable);
  }

  private static void addSide(List<InstanceTransfers> before, List<InstanceTransfers> after, boolean decode,
      Map<TransferCounter, Double> counts, List<String> unprovable) {
    for (int k = 0; k < after.size(); k++) {
      after.get(k).restartedSince(before.get(k)).ifPresent(unprovable::add);
      for (TransferCounter counter : TransferCounter.values()) {
        if (decode || !counter.onDecodeSideOnly()) {
          counts.merge(counter, counter.of(after.get(k).counts()) - counter.of(before.get(k).counts()), Double::sum);
        }
      }
    }
  }

  /**
   * Why these figures do not prove that the prompts' KV travelled; empty when they do.
   *
   * @param completedRequests requests of the point that were answered in full
   * @param completedPromptTokens how many tokens their prompts had at least
   */
  public List<String> doubts(long completedRequests, long completedPromptTokens) {
    List<String> doubts = new ArrayList<>();
    if (completedRequests == 0) {
      // Why stands in the requests' own reasons; counters of what none of them had would only lead away from it.
      doubts.add("no request succeeded, so that no KV transfer can be proven");
    }
    doubts.addAll(unprovable);
    if (unprovable.isEmpty()) {
      addDoubtsAboutPrompts(completedRequests, completedPromptTokens, doubts);
      addDoubtsAboutTransfers(doubts);
    }
    return List.copyOf(doubts);
  }

  private void addDoubtsAboutPrompts(long completedRequests, long completedPromptTokens, List<String> doubts) {
    double transferred = TRANSFERRED_TOKENS.of(counts);
    double computed = COMPUTED_TOKENS.of(counts);
    double arrived = transferred + CACHED_TOKENS.of(counts);
    if (transferred <= 0) {
      if (completedRequests > 0 || computed > 0) {
        doubts.add("no KV was transferred: the decode instances computed %.0f prompt tokens themselves"
            .formatted(computed));
      }
      return;
    }
    // The last position of each prompt is computed again by design; an engine may count that one token. Blocks that
    // are not full are transferred and counted like full ones.
    if (computed > Math.max(TRANSFERS.of(counts), (double) completedRequests)) {
      doubts.add("the decode instances computed %.0f of %.0f prompt tokens themselves".formatted(computed,
          computed + arrived));
    }
    if (arrived < (double) (completedPromptTokens - completedRequests)) {
      doubts.add("only %.0f prompt tokens were transferred, but the completed requests had %d".formatted(arrived,
          completedPromptTokens));
    }
  }

  private void addDoubtsAboutTransfers(List<String> doubts) {
    doubt(FAILED_TRANSFERS, "%.0f KV transfers failed", doubts);
    doubt(FAILED_NOTIFICATIONS, "%.0f notifications between prefill and decode instances failed", doubts);
    doubt(EXPIRED, "the KV of %.0f requests expired on the prefill side before it was read", doubts);
    doubt(READS_AFTER_EXPIRY, "%.0f reads of KV came after it had expired: their answers may be wrong", doubts);
  }

  private void doubt(TransferCounter counter, String sentence, List<String> doubts) {
    if (counter.of(counts) > 0) {
      doubts.add(sentence.formatted(counter.of(counts)));
    }
  }

  /** The figures by name, for the record of a point. Times are in seconds, the share is between 0 and 1. */
  public Map<String, Double> figures() {
    double transferred = TRANSFERRED_TOKENS.of(counts);
    double prompts = transferred + COMPUTED_TOKENS.of(counts) + CACHED_TOKENS.of(counts);
    double transfers = TRANSFERS.of(counts);
    double seconds = SECONDS.of(counts);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("transferredTokens", transferred);
    figures.put("computedTokens", COMPUTED_TOKENS.of(counts));
    figures.put("cachedTokens", CACHED_TOKENS.of(counts));
    figures.put("transferredShare", prompts > 0 ? transferred / prompts : 0);
    figures.put("transfers", transfers);
    figures.put("bytes", BYTES.of(counts));
    figures.put("meanTransferTime", transfers > 0 ? seconds / transfers : 0);
    figures.put("bytesPerSecond", seconds > 0 ? BYTES.of(counts) / seconds : 0);
    figures.put("failedTransfers", FAILED_TRANSFERS.of(counts));
    figures.put("failedNotifications", FAILED_NOTIFICATIONS.of(counts));
    figures.put("expiredRequests", EXPIRED.of(counts));
    figures.put("readsAfterExpiry", READS_AFTER_EXPIRY.of(counts));
    return figures;
  }
}
