package dev.attain.measurement;

/**
 * Exact integer counts of one node's share, or of several shares added up. Attainment comes from these, never from
 * histogram buckets.
 *
 * @param planned requests in the share
 * @param sent requests handed to a connection whose fate is known or still open; never one of the lost
 * @param completed requests answered in full
 * @param failed requests that ended with an error
 * @param timedOut requests given up
 * @param unsent requests that will not be sent any more
 * @param lost requests whose node was lost before it said how they ended; whether they were sent is unknown
 * @param metTtft completed requests that met the TTFT objective
 * @param metTpot completed requests that met the TPOT objective
 * @param metBoth completed requests that met both
 * @param promptTokens prompt tokens of completed requests
 * @param outputTokens output tokens of completed requests
 * @param tokenEvents token events of all requests that ended, whatever their outcome
 */
public record Counts(long planned, long sent, long completed, long failed, long timedOut, long unsent, long lost,
    long metTtft, long metTpot, long metBoth, long promptTokens, long outputTokens, long tokenEvents) {
  private static final Counts NONE = ofPlanned(0);

  /** @throws IllegalArgumentException when a count is negative */
  public Counts {
    long signs = planned | sent | completed | failed | timedOut | unsent | lost | metTtft | metTpot | metBoth
        | promptTokens | outputTokens | tokenEvents;
    if (signs < 0) {
      throw new IllegalArgumentException("a count of requests or tokens cannot be negative");
    }
  }

  /** Nothing planned, nothing done: the neutral element of {@link #plus}. */
  public static Counts none() {
    return NONE;
  }

  /** The counts of a share before anything was sent. */
  public static Counts ofPlanned(long planned) {
    return new Counts(planned, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** The counts of both shares together. */
  public Counts plus(Counts other) {
    return new Counts(planned + other.planned, sent + other.sent, completed + other.completed,
        failed + other.failed, timedOut + other.timedOut, unsent + other.unsent, lost + other.lost,
        metTtft + other.metTtft, metTpot + other.metTpot, metBoth + other.metBoth,
        promptTokens + other.promptTokens, outputTokens + other.outputTokens, tokenEvents + other.tokenEvents);
  }

  /** Requests whose end is known, lost ones included. */
  public long ended() {
    return completed + failed + timedOut + unsent + lost;
  }

  /**
   * Whether every planned request ended in exactly one way: planned = completed + failed + timed out + unsent + lost.
   * Holds once a point has finished, and then also planned = sent + unsent + lost.
   */
  public boolean conserved() {
    return planned == ended();
  }

  /** Requests that were sent and whose end is still open. */
  public long inFlight() {
    return sent - completed - failed - timedOut;
  }

  /**
   * What remains when this share's node is gone: whatever had not ended becomes lost. Requests in flight leave
   * {@code sent}, because nobody can say any more what became of them.
   */
  public Counts withRemainderLost() {
    long remainder = Math.max(0, planned - ended());
    return new Counts(planned, completed + failed + timedOut, completed, failed, timedOut, unsent,
        lost + remainder, metTtft, metTpot, metBoth, promptTokens, outputTokens, tokenEvents);
  }
}
