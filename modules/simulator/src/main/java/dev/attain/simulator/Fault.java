package dev.attain.simulator;

import java.util.Map;
import java.util.Optional;

/**
 * One thing that is to go wrong.
 *
 * @param values
 *          what was said about it: times in nanoseconds, shares and counts as they are
 */
record Fault(FaultKind kind, Map<FaultKey, Double> values) {

  private static final double NANOS_PER_SECOND = 1e9;

  Fault {
    values = Map.copyOf(values);
  }

  /** Share of the requests that it happens to. */
  double rate() {
    return values.getOrDefault(FaultKey.RATE, 1.0);
  }

  boolean hasInstant() {
    return values.containsKey(FaultKey.AT);
  }

  /** When it begins, after the engine's start. */
  long atNanos() {
    return nanos(FaultKey.AT).orElse(0L);
  }

  /** How long it lasts; empty for ever. */
  Optional<Long> lastsNanos() {
    return nanos(FaultKey.FOR);
  }

  /** Tokens that come before it. */
  int after() {
    return whole(FaultKey.AFTER);
  }

  /** Tokens too many or too few. */
  int by() {
    return whole(FaultKey.BY);
  }

  double factor() {
    return values.getOrDefault(FaultKey.FACTOR, 1.0);
  }

  long retryAfterSeconds() {
    return Math.round(values.getOrDefault(FaultKey.RETRY_AFTER, NANOS_PER_SECOND) / NANOS_PER_SECOND);
  }

  /** Whether the engine as a whole suffers it, at an instant. */
  boolean strikesEngine() {
    return kind.strikesEngineAtInstant() && (hasInstant() || !kind.strikesRequests());
  }

  /** Whether it happens to single requests. */
  boolean strikesRequests() {
    return kind.strikesRequests() && !strikesEngine();
  }

  /** Whether it can happen that long after the engine's start; a stream's stall has a length of its own. */
  boolean covers(long sinceStartNanos) {
    return sinceStartNanos >= atNanos() && (kind == FaultKind.STALL
        || lastsNanos().map(length -> sinceStartNanos - atNanos() < length).orElse(true));
  }

  private Optional<Long> nanos(FaultKey key) {
    return Optional.ofNullable(values.get(key)).map(Math::round);
  }

  private int whole(FaultKey key) {
    return values.getOrDefault(key, 1.0).intValue();
  }
}
