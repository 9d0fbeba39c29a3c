package dev.attain.results;

import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Sending;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the records of a point amount to, beside their latencies. Not thread-safe. */
final class RequestTotals {
  private static final int REASONS = 20;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Map<String, Long> failures = new HashMap<>();
  private long opened;
  private long connected;
  private long connectNanos;
  private long longestConnectNanos;
  private long stale;
  private long tokens;
  private long tokenEvents;
  private long unaccounted;

  void add(RequestRecord request) {
    Sending sending = request.sending();
    if (sending.connectionsOpened() > 0) {
      opened++;
    }
    if (sending.connectNanos() != RequestRecord.NEVER) {
      connected++;
      connectNanos += sending.connectNanos();
      longestConnectNanos = Math.max(longestConnectNanos, sending.connectNanos());
    }
    if (sending.staleConnection()) {
      stale++;
    }
    if (request.completed()) {
      tokens += request.outputTokens();
      tokenEvents += request.tokenEvents();
      unaccounted += Math.max(0, request.outputTokens() - request.countedTokens());
    } else {
      failures.merge(reason(request.outcome(), request), 1L, Long::sum);
    }
  }

  private static String reason(Outcome outcome, RequestRecord request) {
    String reason = request.reason();
    // How long a connection had been idle differs each time, and would make every failure one of a kind.
    if (request.sending().staleConnection() && reason.contains(", ")) {
      reason = reason.substring(0, reason.lastIndexOf(", ")) + " on an idle connection";
    }
    return outcome.name() + (reason.isEmpty() ? "" : ": " + reason);
  }

  /** The most frequent first; what is beyond the first {@value #REASONS} is one entry at the end. */
  List<FailureCount> failures() {
    List<FailureCount> sorted = failures.entrySet().stream()
        .map(reason -> new FailureCount(reason.getKey(), reason.getValue()))
        .sorted(Comparator.comparingLong(FailureCount::count).reversed().thenComparing(FailureCount::reason)).toList();
    if (sorted.size() <= REASONS) {
      return sorted;
    }
    var shortened = new ArrayList<>(sorted.subList(0, REASONS));
    long others = sorted.stream().skip(REASONS).mapToLong(FailureCount::count).sum();
    shortened.add(new FailureCount((sorted.size() - REASONS) + " other reasons", others));
    return List.copyOf(shortened);
  }

  ConnectionFigures connections() {
    return new ConnectionFigures(opened, connected == 0 ? 0 : connectNanos / NANOS_PER_SECOND / connected,
        longestConnectNanos / NANOS_PER_SECOND, stale);
  }

  TokenFigures tokens() {
    return new TokenFigures(tokenEvents == 0 ? 0 : (double) tokens / tokenEvents, unaccounted);
  }
}
