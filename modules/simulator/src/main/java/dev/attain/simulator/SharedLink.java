package dev.attain.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A link that gives every transfer under way an equal part of its bandwidth (processor sharing).
 *
 * <p>
 * Time is the caller's and only moves forward. One thread only.
 */
final class SharedLink {

  static final long NEVER = Long.MAX_VALUE;

  private static final double DONE_BYTES = 1e-3;

  private final double bytesPerNano;
  private final List<Flow> flows = new ArrayList<>();
  private long nowNanos = Long.MIN_VALUE;

  SharedLink(double bytesPerSecond) {
    this.bytesPerNano = bytesPerSecond / 1e9;
  }

  /** Hears of completed transfers in the order of their ends. */
  @FunctionalInterface
  interface Arrivals {
    void arrived(Sequence sequence, long nanos);
  }

  /** Bytes begin to flow at the given instant, or now if that has passed. */
  void start(Sequence sequence, long startNanos, long bytes) {
    flows.add(new Flow(sequence, Math.max(startNanos, nowNanos), bytes));
  }

  void cancel(Sequence sequence) {
    flows.removeIf(flow -> flow.sequence == sequence);
  }

  /** When bandwidth is next shared differently or a transfer ends; {@link #NEVER} when nothing is under way. */
  long nextNanos() {
    long next = NEVER;
    double least = Double.MAX_VALUE;
    int active = 0;
    for (Flow flow : flows) {
      if (flow.startNanos > nowNanos) {
        next = Math.min(next, flow.startNanos);
        continue;
      }
      active++;
      least = Math.min(least, flow.remainingBytes);
    }
    return active == 0 ? next : Math.min(next, nowNanos + (long) Math.ceil(least * active / bytesPerNano));
  }

  /** Lets time pass. */
  void advance(long toNanos, Arrivals arrivals) {
    while (!flows.isEmpty()) {
      long next = nextNanos();
      if (next > toNanos) {
        break;
      }
      flowUntil(next);
      removeComplete(arrivals);
    }
    flowUntil(Math.max(nowNanos, toNanos));
  }

  private void flowUntil(long toNanos) {
    long active = flows.stream().filter(flow -> flow.startNanos <= nowNanos).count();
    if (active > 0) {
      double bytesEach = bytesPerNano * (toNanos - nowNanos) / active;
      for (Flow flow : flows) {
        if (flow.startNanos <= nowNanos) {
          flow.remainingBytes -= bytesEach;
        }
      }
    }
    nowNanos = toNanos;
  }

  private void removeComplete(Arrivals arrivals) {
    for (Iterator<Flow> each = flows.iterator(); each.hasNext();) {
      Flow flow = each.next();
      if (flow.startNanos <= nowNanos && flow.remainingBytes <= DONE_BYTES) {
        each.remove();
        arrivals.arrived(flow.sequence, nowNanos);
      }
    }
  }

  private static final class Flow {
    private final Sequence sequence;
    private final long startNanos;
    private double remainingBytes;

    private Flow(Sequence sequence, long startNanos, double bytes) {
      this.sequence = sequence;
      this.startNanos = startNanos;
      this.remainingBytes = bytes;
    }
  }
}
