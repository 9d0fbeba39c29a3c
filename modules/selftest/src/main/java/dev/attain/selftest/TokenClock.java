package dev.attain.selftest;

import dev.attain.measurement.NanoClock;
import org.HdrHistogram.Histogram;

/**
 * Says when each event of each answer of one event loop is due, sends it, and writes down how late it left. For the
 * loop's thread only.
 *
 * <p>All answers of a server have the same delays. Requests are read one after the other, so their first events are due
 * in that order; and events that are sent in the order in which they are due have successors that are due in the same
 * order. Two queues, first events and later ones, are therefore sorted without ever being sorted: an event costs two
 * links, however many answers are open.
 */
final class TokenClock {
  static final long NOTHING_DUE = Long.MAX_VALUE;

  private static final long LONGEST_LATENESS_NANOS = 60_000_000_000L;
  private static final int DIGITS = 2;

  private final NanoClock clock;
  private final long ttftNanos;
  private final long itlNanos;
  private final DueQueue firsts = new DueQueue();
  private final DueQueue later = new DueQueue();
  private final Histogram lateness = new Histogram(1, LONGEST_LATENESS_NANOS, DIGITS);
  private long requests;
  private long events;
  private long heldUp;

  TokenClock(Truth truth, NanoClock clock) {
    this.clock = clock;
    this.ttftNanos = truth.ttft().toNanos();
    this.itlNanos = truth.itl().toNanos();
  }

  /** Starts an answer whose request was read at this instant, which is not before that of any earlier one. */
  void begin(PacedAnswer answer, long readNanos) {
    requests++;
    answer.dueNanos = readNanos + ttftNanos;
    firsts.add(answer);
  }

  /** Time until something is due, negative when it is late; {@link #NOTHING_DUE} when nothing is open. */
  long untilNextNanos() {
    DueQueue queue = nearest();
    return queue.isEmpty() ? NOTHING_DUE : queue.firstDueNanos() - clock.nanos();
  }

  /** Sends what is due, at most this many events. */
  void sendDue(int most) {
    if (firsts.isEmpty() && later.isEmpty()) {
      return;
    }
    long now = clock.nanos();
    for (int sent = 0; sent < most; sent++) {
      DueQueue queue = nearest();
      if (queue.isEmpty() || queue.firstDueNanos() - now > 0) {
        return;
      }
      PacedAnswer answer = queue.poll();
      PacedAnswer.Sent outcome = answer.sendEvent();
      now = clock.nanos();
      note(outcome, now - answer.dueNanos);
      if (outcome != PacedAnswer.Sent.LAST && outcome != PacedAnswer.Sent.GONE) {
        answer.dueNanos += itlNanos;
        later.add(answer);
      }
    }
  }

  private void note(PacedAnswer.Sent outcome, long lateNanos) {
    switch (outcome) {
      case GOES_ON, LAST -> {
        events++;
        lateness.recordValue(Math.clamp(lateNanos, 0, LONGEST_LATENESS_NANOS));
      }
      case HELD_UP -> {
        events++;
        heldUp++;
      }
      case SILENT, GONE -> {}
    }
  }

  private DueQueue nearest() {
    if (later.isEmpty() || (!firsts.isEmpty() && firsts.firstDueNanos() - later.firstDueNanos() <= 0)) {
      return firsts;
    }
    return later;
  }

  /** What has been sent since the last time this was asked. */
  Punctuality takePunctuality() {
    Punctuality taken = new Punctuality(requests, events, heldUp, lateness.copy());
    requests = 0;
    events = 0;
    heldUp = 0;
    lateness.reset();
    return taken;
  }
}
