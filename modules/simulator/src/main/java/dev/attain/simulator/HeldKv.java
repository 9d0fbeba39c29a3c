package dev.attain.simulator;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sequences whose blocks wait for a decode instance to read them, each until its lease ends. One thread only. */
final class HeldKv {

  static final long NEVER = Long.MAX_VALUE;

  private final Map<Sequence, Long> expiryNanos = new LinkedHashMap<>();

  /** At or before the earliest expiry: a renewal does not look for the new earliest one. */
  private long earliestNanos = NEVER;

  /** Hears of ended leases. */
  @FunctionalInterface
  interface Expiries {
    void expired(Sequence sequence, long nanos);
  }

  int size() {
    return expiryNanos.size();
  }

  void hold(Sequence sequence, long untilNanos) {
    expiryNanos.put(sequence, untilNanos);
    earliestNanos = Math.min(earliestNanos, untilNanos);
  }

  /** Never shortens a lease; without effect when nothing is held. */
  void renew(Sequence sequence, long untilNanos) {
    expiryNanos.computeIfPresent(sequence, (held, expiry) -> Math.max(expiry, untilNanos));
  }

  /** True when it was held until now. */
  boolean release(Sequence sequence) {
    return expiryNanos.remove(sequence) != null;
  }

  /** When to look for ended leases again. */
  long nextNanos() {
    return expiryNanos.isEmpty() ? NEVER : earliestNanos;
  }

  void expire(long nowNanos, Expiries expiries) {
    if (nowNanos < nextNanos()) {
      return;
    }
    earliestNanos = NEVER;
    for (Iterator<Map.Entry<Sequence, Long>> each = expiryNanos.entrySet().iterator(); each.hasNext();) {
      Map.Entry<Sequence, Long> entry = each.next();
      if (entry.getValue() > nowNanos) {
        earliestNanos = Math.min(earliestNanos, entry.getValue());
        continue;
      }
      each.remove();
      expiries.expired(entry.getKey(), entry.getValue());
    }
  }
}
