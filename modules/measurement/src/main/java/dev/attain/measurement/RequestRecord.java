package dev.attain.measurement;

/**
 * Everything known about one request. Instants are nanoseconds from the start of the point on the clock of the node
 * that sent it, or {@link #NEVER}. Differences are {@link #NEVER} when either instant is.
 *
 * @param index position in the schedule of the point
 * @param promptTokens length of the prompt
 * @param plannedOutputTokens number of tokens asked for
 * @param outputTokens number of tokens received; one token event may carry several
 * @param tokenEvents number of events that carried tokens
 * @param intendedNanos when it was due: the schedule's instant, or in a closed loop the one at which its user was ready;
 *        never for an unsent request of a closed loop, whose user did not get to it
 * @param releasedNanos when it was allowed to be sent: its intended instant, or later when it had to wait because as
 *        many requests as may be were in flight
 * @param sentNanos when its event loop began to write it to an idle connection, or to open one for it
 * @param prefillDoneNanos when the prefill leg had answered; never for a colocated call
 * @param decodeSentNanos when the decode leg was sent; never for a colocated call
 * @param firstByteNanos when the first byte of the (decode) answer was read
 * @param firstTokenNanos when the first token was read
 * @param lastTokenNanos when the last token was read
 * @param endNanos when the outcome was known
 * @param outcome how it ended
 * @param reason why it did not complete; empty when it did
 * @param prefillInstance index of the prefill instance, -1 when there is none
 * @param decodeInstance index of the decode or colocated instance, -1 when none was chosen
 * @param countedTokens how many tokens its events accounted for: as many as each of them said, or one. Less than
 *        {@code outputTokens} where events carried several and did not say so: then only the gaps between events are
 *        known, not those between tokens
 * @param sending how it got onto the wire
 */
public record RequestRecord(int index, int promptTokens, int plannedOutputTokens, int outputTokens, int tokenEvents,
    long intendedNanos, long releasedNanos, long sentNanos, long prefillDoneNanos, long decodeSentNanos,
    long firstByteNanos,
    long firstTokenNanos, long lastTokenNanos, long endNanos, Outcome outcome, String reason, int prefillInstance,
    int decodeInstance, int countedTokens, Sending sending) {
  /** Stands for an instant that did not happen, and for a difference that therefore does not exist. */
  public static final long NEVER = Long.MIN_VALUE;

  private static final long PERMILLE = 1000;

  /**
   * @throws IllegalArgumentException when a completed request lacks tokens or their stamps or has a reason for failure,
   *         or an unsent one was sent
   */
  public RequestRecord {
    if (outcome == Outcome.COMPLETED && (intendedNanos == NEVER || sentNanos == NEVER || firstTokenNanos == NEVER
        || lastTokenNanos == NEVER || outputTokens < 1)) {
      throw new IllegalArgumentException("request " + index
          + " completed, so it needs the stamps intended, sent, first token and last token and one token");
    }
    if (outcome == Outcome.COMPLETED && !reason.isEmpty()) {
      throw new IllegalArgumentException(
          "request " + index + " completed, so it cannot have the reason for a failure: " + reason);
    }
    if (outcome == Outcome.UNSENT && sentNanos != NEVER) {
      throw new IllegalArgumentException("request " + index + " has a sent stamp, so it cannot be unsent");
    }
  }

  /** A request that was released when it was due, and of which nothing is known beyond these stamps. */
  public RequestRecord(int index, int promptTokens, int plannedOutputTokens, int outputTokens, int tokenEvents,
      long intendedNanos, long sentNanos, long prefillDoneNanos, long decodeSentNanos, long firstByteNanos,
      long firstTokenNanos, long lastTokenNanos, long endNanos, Outcome outcome, String reason, int prefillInstance,
      int decodeInstance) {
    this(index, promptTokens, plannedOutputTokens, outputTokens, tokenEvents, intendedNanos, intendedNanos, sentNanos,
        prefillDoneNanos, decodeSentNanos, firstByteNanos, firstTokenNanos, lastTokenNanos, endNanos, outcome, reason,
        prefillInstance, decodeInstance, outputTokens, Sending.UNKNOWN);
  }

  /** Whether the whole answer arrived. */
  public boolean completed() {
    return outcome == Outcome.COMPLETED;
  }

  /** Time to first token, counted from the intended instant. */
  public long ttftNanos() {
    return between(intendedNanos, firstTokenNanos);
  }

  /** Time to first token, counted from the instant it was sent: without the lateness of the generator. */
  public long serviceTtftNanos() {
    return between(sentNanos, firstTokenNanos);
  }

  /** Whether it went to a prefill instance first and then, with its answer, to a decode instance. */
  public boolean twoLegs() {
    return prefillDoneNanos != NEVER && decodeSentNanos != NEVER;
  }

  /** From the send to the answer of the prefill leg. With the next two it makes up {@link #serviceTtftNanos}. */
  public long prefillLegNanos() {
    return between(sentNanos, prefillDoneNanos);
  }

  /** From the answer of the prefill leg to the send of the decode leg: what the client itself took. */
  public long handOverNanos() {
    return between(prefillDoneNanos, decodeSentNanos);
  }

  /** From the send of the decode leg to the first token. */
  public long decodeFirstNanos() {
    return between(decodeSentNanos, firstTokenNanos);
  }

  /**
   * Time per output token after the first, (last - first) / (tokens - 1), 0 for one token. Rounded up to a whole
   * nanosecond, so that comparing it with an objective is as exact as comparing the fraction.
   */
  public long tpotNanos() {
    long decoding = between(firstTokenNanos, lastTokenNanos);
    if (decoding == NEVER) {
      return NEVER;
    }
    return outputTokens <= 1 ? 0 : Math.ceilDiv(decoding, outputTokens - 1L);
  }

  /** From the intended instant to the last token. */
  public long e2eNanos() {
    return between(intendedNanos, lastTokenNanos);
  }

  /** End to end time for each output token, rounded up to a whole nanosecond. */
  public long normalizedNanos() {
    long whole = e2eNanos();
    return whole == NEVER || outputTokens < 1 ? NEVER : Math.ceilDiv(whole, (long) outputTokens);
  }

  /** How late the generator was. */
  public long sendLagNanos() {
    return between(releasedNanos, sentNanos);
  }

  /** How long it waited in the client because as many requests as may be were in flight. */
  public long waitNanos() {
    return between(intendedNanos, releasedNanos);
  }

  /**
   * The smallest factor on both objectives at which this request meets them, max(ttft / SLO, tpot / SLO); infinite
   * when it did not complete.
   */
  public double requiredScale(Slo slo) {
    if (!measurable()) {
      return Double.POSITIVE_INFINITY;
    }
    return Math.max((double) ttftNanos() / slo.ttftNanos(), (double) tpotNanos() / slo.tpotNanos());
  }

  /** Whether it completed and its first token came in time. */
  public boolean meetsTtft(Slo slo) {
    return measurable() && ttftNanos() <= slo.ttftNanos();
  }

  /** Whether it completed and its later tokens came in time. */
  public boolean meetsTpot(Slo slo) {
    return measurable() && tpotNanos() <= slo.tpotNanos();
  }

  /** Whether it completed and met both objectives. */
  public boolean meets(Slo slo) {
    return meetsTtft(slo) && meetsTpot(slo);
  }

  /**
   * The required scale in thousandths, rounded up: at most 1000 exactly when the request meets both objectives;
   * {@link #NEVER} when no scale would do, {@code Long.MAX_VALUE} when it is beyond arithmetic.
   */
  long requiredScalePermille(Slo slo) {
    if (!measurable()) {
      return NEVER;
    }
    return Math.max(permille(ttftNanos(), slo.ttftNanos()), permille(tpotNanos(), slo.tpotNanos()));
  }

  // An answer before its question, or tokens in reverse, is a broken clock; it must not be taken for a fast engine.
  private boolean measurable() {
    return completed() && ttftNanos() >= 0 && tpotNanos() >= 0;
  }

  private static long permille(long nanos, long objectiveNanos) {
    return nanos > Long.MAX_VALUE / PERMILLE ? Long.MAX_VALUE : Math.ceilDiv(nanos * PERMILLE, objectiveNanos);
  }

  private static long between(long from, long to) {
    return from == NEVER || to == NEVER ? NEVER : to - from;
  }
}
