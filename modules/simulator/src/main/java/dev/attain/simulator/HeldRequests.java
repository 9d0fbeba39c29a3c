package dev.attain.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Requests whose KV decode instances may ask for, by the engine's name for them, and for a while those whose lease has
 * ended, because a late reader is told nothing but is counted. Any thread.
 */
final class HeldRequests {

  private static final int REMEMBERED = 10_000;

  /** A request and whether its blocks are still there. */
  record Entry(LiveRequest request, boolean held) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  synchronized void add(LiveRequest request) {
    entries.put(request.id(), new Entry(request, true));
  }

  synchronized void expire(LiveRequest request) {
    entries.computeIfPresent(request.id(), (id, entry) -> new Entry(request, false));
    if (entries.size() > REMEMBERED) {
      entries.values().removeIf(entry -> !entry.held());
    }
  }

  synchronized Optional<Entry> find(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  synchronized Optional<Entry> remove(String id) {
    return Optional.ofNullable(entries.remove(id));
  }
}
