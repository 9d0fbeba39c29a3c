package dev.attain.measurement;

import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Takes what one event loop measures. One thread writes; one other thread may collect at any time through one
 * {@link Collector}, without stopping the writer. Writing neither locks nor allocates.
 *
 * <p>For every request except the unsent ones, {@link #sent} comes once before {@link #finished}.
 */
public final class Recorder {
  private static final long HIGHEST_NANOS = HistogramLayout.SHARED.highest() * 1000;

  // In the order in which they are written for a request; read in the reverse order, so that a snapshot taken in
  // between never shows more endings than sends, or more requests meeting an objective than completed ones.
  private static final int SENT = 0;
  private static final int TOKEN_EVENTS = 1;
  private static final int OUTPUT_TOKENS = 2;
  private static final int PROMPT_TOKENS = 3;
  private static final int UNSENT = 4;
  private static final int TIMED_OUT = 5;
  private static final int FAILED = 6;
  private static final int COMPLETED = 7;
  private static final int MET_TPOT = 8;
  private static final int MET_TTFT = 9;
  private static final int MET_BOTH = 10;
  private static final int COUNTERS = 11;

  private final Slo slo;
  private final SingleWriterRecorder[] series = new SingleWriterRecorder[Latencies.SERIES];
  private final Tally counters = new Tally(COUNTERS);
  private final Tally outOfRange = new Tally(Latencies.SERIES);
  /** Emptied histograms to swap in at the next collection; belongs to the collecting thread. */
  private final Histogram[] spare = new Histogram[Latencies.SERIES];

  /** A recorder that judges completed requests by {@code slo}. */
  public Recorder(Slo slo) {
    this.slo = slo;
    HistogramLayout layout = HistogramLayout.SHARED;
    Arrays.setAll(series, at -> new SingleWriterRecorder(layout.lowest(), layout.highest(), layout.digits()));
  }

  /** As {@link #tokenGap(long, int)} for an event of one token. */
  public void tokenGap(long nanos) {
    record(LatencyMetric.ITL, nanos);
  }

  /**
   * The time between two token events of one request; zero when both came in one read.
   *
   * @param tokens how many the later event carried, at least 1; costs more than one write only when it is more than 1
   */
  public void tokenGap(long nanos, int tokens) {
    if (tokens == 1) {
      tokenGap(nanos);
    } else {
      store(Latencies.BUNDLES, micros(nanos), 1);
      // Rounded up, a gap below zero would look like a true zero.
      long share = nanos < 0 ? nanos : Math.ceilDiv(nanos, (long) tokens);
      store(LatencyMetric.ITL_PER_TOKEN.series(), micros(share), tokens);
    }
  }

  /** A request was handed to a connection: the attempt to send it began, even if connecting then fails. */
  public void sent() {
    counters.add(SENT, 1);
  }

  /**
   * A request ended: completed, failed, timed out or unsent.
   *
   * @throws IllegalArgumentException for a lost request: only others can say that a node was lost
   * @throws IllegalStateException when more requests ended than were {@link #sent}
   */
  public void finished(RequestRecord request) {
    int ending = ending(request);
    if (ending == UNSENT) {
      counters.add(UNSENT, 1);
      return;
    }
    if (counters.get(COMPLETED) + counters.get(FAILED) + counters.get(TIMED_OUT) >= counters.get(SENT)) {
      throw new IllegalStateException(
          "request " + request.index() + " ended as " + request.outcome() + " but was never counted as sent");
    }
    if (request.sentNanos() != RequestRecord.NEVER) {
      record(LatencyMetric.SEND_LAG, request.sendLagNanos());
      if (request.waitNanos() > 0) {
        record(LatencyMetric.IN_FLIGHT_WAIT, request.waitNanos());
      }
    }
    if (request.completed()) {
      distribute(request);
    }
    count(ending, request);
  }

  private static int ending(RequestRecord request) {
    return switch (request.outcome()) {
      case COMPLETED -> COMPLETED;
      case FAILED -> FAILED;
      case TIMED_OUT -> TIMED_OUT;
      case UNSENT -> UNSENT;
      case LOST -> throw new IllegalArgumentException(
          "request " + request.index() + ": a node cannot report its own requests as lost");
    };
  }

  private void distribute(RequestRecord request) {
    record(LatencyMetric.TTFT, request.ttftNanos());
    record(LatencyMetric.SERVICE_TTFT, request.serviceTtftNanos());
    record(LatencyMetric.TPOT, request.tpotNanos());
    record(LatencyMetric.E2E, request.e2eNanos());
    record(LatencyMetric.NORMALIZED_LATENCY, request.normalizedNanos());
    store(Latencies.SCALE, request.requiredScalePermille(slo), 1);
    if (request.twoLegs()) {
      record(LatencyMetric.PREFILL_LEG, request.prefillLegNanos());
      record(LatencyMetric.HAND_OVER, request.handOverNanos());
      record(LatencyMetric.DECODE_FIRST, request.decodeFirstNanos());
    }
  }

  private void count(int ending, RequestRecord request) {
    counters.add(TOKEN_EVENTS, request.tokenEvents());
    if (request.completed()) {
      counters.add(OUTPUT_TOKENS, request.outputTokens());
      counters.add(PROMPT_TOKENS, request.promptTokens());
    }
    counters.add(ending, 1);
    boolean metTpot = request.meetsTpot(slo);
    boolean metTtft = request.meetsTtft(slo);
    counters.add(MET_TPOT, metTpot ? 1 : 0);
    counters.add(MET_TTFT, metTtft ? 1 : 0);
    counters.add(MET_BOTH, metTpot && metTtft ? 1 : 0);
  }

  private void record(LatencyMetric metric, long nanos) {
    store(metric.series(), micros(nanos), 1);
  }

  private static long micros(long nanos) {
    // Rounded up, so that no latency looks better than it was and only a true zero is 0.
    return nanos < 0 || nanos > HIGHEST_NANOS ? -1 : (nanos + 999) / 1000;
  }

  private void store(int at, long value, long times) {
    if (value < 0 || value > HistogramLayout.SHARED.highest()) {
      outOfRange.add(at, times);
    } else {
      series[at].recordValueWithCount(value, times);
    }
  }

  /** The counts so far, nothing being planned; for the collecting thread, before {@link #moveInto}. */
  Counts counts() {
    long metBoth = counters.get(MET_BOTH);
    long metTtft = counters.get(MET_TTFT);
    long metTpot = counters.get(MET_TPOT);
    long completed = counters.get(COMPLETED);
    long failed = counters.get(FAILED);
    long timedOut = counters.get(TIMED_OUT);
    long unsent = counters.get(UNSENT);
    long promptTokens = counters.get(PROMPT_TOKENS);
    long outputTokens = counters.get(OUTPUT_TOKENS);
    long tokenEvents = counters.get(TOKEN_EVENTS);
    long sent = counters.get(SENT);
    return new Counts(0, sent, completed, failed, timedOut, unsent, 0, metTtft, metTpot, metBoth, promptTokens,
        outputTokens, tokenEvents);
  }

  /** Adds what was recorded since the last call; for the collecting thread. */
  void moveInto(Histogram[] cumulative) {
    for (int at = 0; at < series.length; at++) {
      spare[at] = series[at].getIntervalHistogram(spare[at]);
      if (spare[at].getTotalCount() > 0) {
        cumulative[at].add(spare[at]);
      }
    }
  }

  /** Adds all that could not be recorded since the start; for the collecting thread. */
  void addOutOfRangeTo(long[] total) {
    for (int at = 0; at < total.length; at++) {
      total[at] += outOfRange.get(at);
    }
  }
}
