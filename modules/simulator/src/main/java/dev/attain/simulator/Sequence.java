package dev.attain.simulator;

import dev.attain.simulator.SequenceOrder.KvSource;

/**
 * One request inside the engine: how many of its tokens are known, how many of those have their KV in the pool.
 *
 * <p>
 * A sequence is due a token whenever every known token is computed; the token it then produces is known, but not yet
 * computed. After a preemption nothing is computed, and everything known is prefilled again. State changes belong to
 * {@link EngineCore}; others only read, on the same thread.
 */
final class Sequence {

  /** Where the sequence is inside the engine. */
  enum Place {
    WAITING, PULLING, READY, RUNNING, HELD, GONE
  }

  private final SequenceOrder order;
  private final SequenceListener listener;
  private final BlockList blocks = new BlockList();

  private Place place = Place.WAITING;
  private int computedTokens;
  private int foundTokens = -1;
  private int outputTokens;
  private int scheduledTokens;
  private long arrivalNanos;
  private long eligibleNanos;
  private long scheduledNanos = Long.MIN_VALUE;
  private boolean awaitsPull;
  private boolean pulled;
  private FinishReason finishReason = FinishReason.ABORT;

  Sequence(SequenceOrder order, SequenceListener listener) {
    this.order = order;
    this.listener = listener;
    arriveAt(order.arrivalNanos());
    this.awaitsPull = order.kvSource() == KvSource.PULLED;
  }

  SequenceOrder order() {
    return order;
  }

  /** It reaches the scheduler then, which was not known when it was ordered. Before it is submitted. */
  void arriveAt(long nanos) {
    arrivalNanos = nanos;
    eligibleNanos = nanos;
  }

  /** When it reached the scheduler. */
  long arrivalNanos() {
    return arrivalNanos;
  }

  SequenceListener listener() {
    return listener;
  }

  BlockList blocks() {
    return blocks;
  }

  Place place() {
    return place;
  }

  /** Tokens produced so far. */
  int outputTokens() {
    return outputTokens;
  }

  /** Prompt tokens whose KV was here already when it was first admitted. */
  int foundTokens() {
    return Math.max(0, foundTokens);
  }

  /** Whether the prompt's KV came from another instance. */
  boolean pulled() {
    return pulled;
  }

  /** When it was first part of a step. */
  long scheduledNanos() {
    return scheduledNanos;
  }

  /** Whether its last token was produced. */
  boolean finished() {
    return outputTokens == order.outputTokens();
  }

  /** Why it ended; meaningful once it is held or gone. */
  FinishReason finishReason() {
    return finishReason;
  }

  /** From when on it may become part of a step. */
  long eligibleNanos() {
    return eligibleNanos;
  }

  int knownTokens() {
    return order.promptTokens() + outputTokens;
  }

  int computedTokens() {
    return computedTokens;
  }

  int pendingTokens() {
    return knownTokens() - computedTokens;
  }

  /** Whether its KV is still to be fetched; after a preemption or a failed transfer it computes it by itself. */
  boolean awaitsPull() {
    return awaitsPull;
  }

  void moveTo(Place newPlace) {
    place = newPlace;
  }

  /** It has its blocks, and in the first of them the KV of that many tokens. */
  void admit(int tokens) {
    computedTokens = tokens;
    if (foundTokens < 0) {
      foundTokens = tokens;
    }
  }

  /** All but the last position has arrived; the last is computed again to sample from it. */
  void land(long readyNanos) {
    pulled = true;
    awaitsPull = false;
    computedTokens = order.promptTokens() - 1;
    eligibleNanos = readyNanos;
    place = Place.READY;
  }

  void computeLocally(long nanos) {
    awaitsPull = false;
    eligibleNanos = nanos;
    place = Place.READY;
  }

  void schedule(int tokens, long nanos) {
    scheduledTokens = tokens;
    if (scheduledNanos == Long.MIN_VALUE) {
      scheduledNanos = nanos;
    }
  }

  /** Does what was scheduled; true when that produced a token. */
  boolean compute() {
    computedTokens += scheduledTokens;
    boolean produces = scheduledTokens > 0 && computedTokens == knownTokens();
    scheduledTokens = 0;
    if (produces) {
      outputTokens++;
    }
    return produces;
  }

  void forgetKv() {
    computedTokens = 0;
    scheduledTokens = 0;
    place = Place.WAITING;
  }

  void end(FinishReason reason, Place newPlace) {
    finishReason = reason;
    place = newPlace;
  }
}
