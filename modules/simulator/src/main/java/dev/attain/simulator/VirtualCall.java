package dev.attain.simulator;

import dev.attain.simulator.SequenceOrder.KvSource;

/**
 * One request of a virtual run with its stamps, from its arrival to its last token, through the legs that its
 * deployment gives it.
 */
final class VirtualCall {

  private final VirtualRequest request;
  private final int index;
  private long prefillEndNanos = VirtualOutcome.NEVER;
  private long landedNanos = VirtualOutcome.NEVER;
  private long firstTokenNanos = VirtualOutcome.NEVER;
  private long lastTokenNanos = VirtualOutcome.NEVER;

  VirtualCall(VirtualRequest request, int index) {
    this.request = request;
    this.index = index;
  }

  VirtualRequest request() {
    return request;
  }

  /** Its number in the run, which decides where it goes. */
  int index() {
    return index;
  }

  VirtualOutcome outcome() {
    return new VirtualOutcome(request, prefillEndNanos, landedNanos, firstTokenNanos, lastTokenNanos);
  }

  void prefilled(long nanos) {
    prefillEndNanos = nanos;
  }

  void landed(long nanos) {
    landedNanos = nanos;
  }

  /** A token of the answer; true when it was the last. */
  boolean token(Sequence sequence, long nanos) {
    if (firstTokenNanos == VirtualOutcome.NEVER) {
      firstTokenNanos = nanos;
    }
    if (sequence.finished()) {
      lastTokenNanos = nanos;
    }
    return sequence.finished();
  }

  /** The whole request at one instance. */
  SequenceOrder whole(long arrivalNanos) {
    return order(request.outputTokens(), KvSource.COMPUTED, false, arrivalNanos);
  }

  /** One token, and the prompt's KV kept. */
  SequenceOrder prefillLeg(long arrivalNanos) {
    return order(1, KvSource.COMPUTED, true, arrivalNanos);
  }

  /** All tokens, from KV of the prefill instance. */
  SequenceOrder decodeLeg(long arrivalNanos) {
    return order(request.outputTokens(), KvSource.PULLED, false, arrivalNanos);
  }

  private SequenceOrder order(int outputTokens, KvSource source, boolean holdsKv, long arrivalNanos) {
    return new SequenceOrder(request.promptTokens(), outputTokens, FinishReason.LENGTH, source, holdsKv, arrivalNanos);
  }
}
