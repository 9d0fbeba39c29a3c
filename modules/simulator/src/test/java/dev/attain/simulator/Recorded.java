package dev.attain.simulator;

import dev.attain.simulator.SequenceOrder.KvSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A sequence under test together with everything its engine said about it. */
final class Recorded implements SequenceListener {

  final Sequence sequence;
  final List<Long> tokenNanos = new ArrayList<>();
  private OutputQueue outputs = new OutputQueue(new FrontEndCost(0, 0, 0));
  long pullNanos = Long.MIN_VALUE;
  long landedNanos = Long.MIN_VALUE;
  long expiredNanos = Long.MIN_VALUE;
  boolean failed;

  private Recorded(SequenceOrder order) {
    this.sequence = new Sequence(order, this);
  }

  static Recorded request(int promptTokens, int outputTokens, long arrivalNanos) {
    return new Recorded(
        new SequenceOrder(promptTokens, outputTokens, FinishReason.LENGTH, KvSource.COMPUTED, false, arrivalNanos));
  }

  static Recorded prefillOnly(int promptTokens, long arrivalNanos) {
    return new Recorded(
        new SequenceOrder(promptTokens, 1, FinishReason.LENGTH, KvSource.COMPUTED, true, arrivalNanos));
  }

  static Recorded decodeOnly(int promptTokens, int outputTokens, long arrivalNanos) {
    return new Recorded(
        new SequenceOrder(promptTokens, outputTokens, FinishReason.LENGTH, KvSource.PULLED, false, arrivalNanos));
  }

  /** One whose tokens are known; prompts of the same kind begin alike. */
  static Recorded of(int promptTokens, int outputTokens, KvSource source, long arrivalNanos, int kind) {
    int[] ids = new int[promptTokens];
    Arrays.setAll(ids, position -> kind * 1_000_000 + position);
    BlockNames names = BlockNames.of(ids, ordinal -> kind, VirtualEngine.LIMITS.blockTokens(), 0);
    return new Recorded(
        new SequenceOrder(promptTokens, outputTokens, FinishReason.LENGTH, source, false, arrivalNanos, names));
  }

  /** Its tokens leave by a front end that it shares with others. */
  Recorded leavingBy(OutputQueue shared) {
    outputs = shared;
    return this;
  }

  long firstTokenNanos() {
    return tokenNanos.get(0);
  }

  /** Longest time between two of its tokens. */
  long longestGapNanos() {
    long longest = 0;
    for (int i = 1; i < tokenNanos.size(); i++) {
      longest = Math.max(longest, tokenNanos.get(i) - tokenNanos.get(i - 1));
    }
    return longest;
  }

  @Override
  public void token(Sequence of, long endNanos) {
    tokenNanos.add(outputs.leaveNanos(endNanos));
  }

  @Override
  public void pull(Sequence of, long nanos) {
    pullNanos = nanos;
  }

  @Override
  public void landed(Sequence of, long nanos) {
    landedNanos = nanos;
  }

  @Override
  public void expired(Sequence of, long nanos) {
    expiredNanos = nanos;
  }

  @Override
  public void failed(Sequence of, long nanos) {
    failed = true;
  }
}
