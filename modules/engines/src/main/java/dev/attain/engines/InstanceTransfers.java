package dev.attain.engines;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one instance has counted about KV transfer since it started.
 *
 * @param instance how a sentence calls it
 * @param bySource whether it counts prompt tokens by their source at all
 * @param startedAt when it started, in seconds of its own clock; empty when it does not say
 */
record InstanceTransfers(String instance, boolean bySource, OptionalDouble startedAt,
    Map<TransferCounter, Double> counts) {
  InstanceTransfers {
    counts = Map.copyOf(counts);
  }

  static InstanceTransfers of(String instance, ServerMetrics page) {
    Map<TransferCounter, Double> counts = new EnumMap<>(TransferCounter.class);
    for (TransferCounter counter : TransferCounter.values()) {
      counts.put(counter, counter.in(page));
    }
    return new InstanceTransfers(instance, page.has(TransferCounter.BY_SOURCE), startedAt(page), counts);
  }

  /** The process's start where the page has it, else the birth of a counter that is there from the start. */
  private static OptionalDouble startedAt(ServerMetrics page) {
    OptionalDouble process = page.max("process_start_time_seconds");
    return process.isPresent() ? process : page.max("vllm:prompt_tokens_created");
  }

  /** Why counts since {@code before} mean nothing: the instance has begun anew in between; empty when it has not. */
  Optional<String> restartedSince(InstanceTransfers before) {
    if (startedAt.isPresent() && before.startedAt.isPresent()
        && startedAt.getAsDouble() > before.startedAt.getAsDouble()) {
      return Optional.of("KV transfer is not proven: %s was restarted during the point".formatted(instance));
    }
    return counts.entrySet().stream().filter(count -> count.getValue() < count.getKey().of(before.counts)).findFirst()
        .map(
            count -> "KV transfer is not proven: the counters of %s went back (%s), so it was restarted or another took its place"
                .formatted(instance, count.getKey()));
  }
}
