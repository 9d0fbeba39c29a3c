package dev.attain.simulator;

import dev.attain.simulator.Sequence.Place;
import dev.attain.simulator.TransferCost.Transfer;
import java.util.Optional;

/**
 * One request being served in wall time: the engine's sequence on one side, the client's answer on the other.
 *
 * <p>
 * Threads: the {@link SequenceListener} methods and the counting belong to the step thread; {@link #writeToken} and the
 * answer belong to the connection's event loop. What crosses over is written before the hand-over and not after.
 */
final class LiveRequest implements SequenceListener {

  private final String id;
  private final RequestTruth truth;
  private final Optional<RemoteKv> remote;
  private final boolean streamed;
  private final Answer answer;
  private final EngineThread engine;
  private final int loopIndex;
  private final Sequence sequence;

  private int writtenTokens;
  private int countedTokens;
  private long firstTokenNanos;
  private long lastTokenNanos;
  private long transferStartNanos;
  private Optional<Transfer> transfer = Optional.empty();
  private volatile int[] heldBlocks = {};

  LiveRequest(String id, SequenceOrder order, RequestTruth truth, Optional<RemoteKv> remote, boolean streamed,
      Answer answer, EngineThread engine, int loopIndex) {
    this.id = id;
    this.truth = truth;
    this.remote = remote;
    this.streamed = streamed;
    this.answer = answer;
    this.engine = engine;
    this.loopIndex = loopIndex;
    this.sequence = new Sequence(order, this);
    truth.serve(sequence, streamed);
  }

  /** The engine's own name for it, by which a decode instance asks for its KV. */
  String id() {
    return id;
  }

  Sequence sequence() {
    return sequence;
  }

  SequenceOrder order() {
    return sequence.order();
  }

  RequestTruth truth() {
    return truth;
  }

  Optional<RemoteKv> remote() {
    return remote;
  }

  /** Blocks that wait to be read; empty when none are held. */
  int[] heldBlocks() {
    return heldBlocks.clone();
  }

  /** Prompt tokens whose KV was not computed for it: found here, or pulled; meaningful from its first token on. */
  int cachedTokens() {
    return sequence.pulled() ? order().promptTokens() - 1 : sequence.foundTokens();
  }

  /** Meaningful once its last token is counted. */
  RequestTimes times() {
    return new RequestTimes(sequence.arrivalNanos(), sequence.scheduledNanos(), firstTokenNanos, lastTokenNanos,
        countedTokens);
  }

  /** Which of the event loops its connection belongs to. */
  int loopIndex() {
    return loopIndex;
  }

  @Override
  public void token(Sequence of, long endNanos) {
    if (of.place() == Place.HELD) {
      heldBlocks = of.blocks().ids();
      engine.held().add(this);
      truth.fault(FaultKind.KV_EXPIRED).ifPresent(fault -> engine.expireHeld(this, endNanos));
    }
    engine.emit(this);
  }

  @Override
  public void pull(Sequence of, long nanos) {
    engine.askForKv(this);
  }

  /** The prefill instance answered; called on the step thread. */
  void transferStarts(EngineCore core, long nanos) {
    transferStartNanos = nanos;
    transfer = Optional.of(core.beginTransfer(sequence, nanos));
  }

  @Override
  public void landed(Sequence of, long nanos) {
    transfer.ifPresent(each -> engine.metrics().transferred(each, nanos - transferStartNanos));
    truth.transferred(transferStartNanos, nanos);
    engine.releaseRemote(this);
  }

  @Override
  public void expired(Sequence of, long nanos) {
    engine.metrics().expiredRequests.incrementAndGet();
    engine.held().expire(this);
  }

  @Override
  public void failed(Sequence of, long nanos) {
    engine.metrics().finished.get(FinishReason.ERROR).incrementAndGet();
    engine.loop(loopIndex).execute(answer::failed);
  }

  /** Whether the client hears of the token that is counted next: of each, or of the last with the whole answer. */
  boolean tellsNextToken() {
    return streamed || countedTokens + 1 == order().outputTokens();
  }

  /**
   * Counts a token.
   *
   * @param endNanos
   *          when its step ended, from which vLLM's metrics count all but the times of first tokens and whole requests
   * @param dueNanos
   *          when it leaves the front end
   */
  void countToken(EngineMetrics metrics, long endNanos, long dueNanos) {
    countedTokens++;
    if (countedTokens == 1) {
      firstTokenNanos = endNanos;
      truth.prefilled(endNanos);
      metrics.firstToken(sequence, dueNanos - truth.receivedNanos());
    } else {
      metrics.interToken.record(EngineMetrics.seconds(endNanos - lastTokenNanos));
    }
    lastTokenNanos = endNanos;
    if (!streamed) {
      truth.due(dueNanos);
    }
    if (countedTokens == order().outputTokens()) {
      countFinished(metrics, dueNanos);
    }
  }

  /** Writes the next token to the client, or the whole answer. */
  void writeToken(long dueNanos) {
    if (streamed) {
      truth.due(dueNanos);
      writtenTokens++;
      answer.token(this, writtenTokens == order().outputTokens());
    } else {
      answer.token(this, true);
    }
  }

  /** Nobody waits for the rest of it any more. */
  void giveUp() {
    engine.abort(this);
  }

  private void countFinished(EngineMetrics metrics, long dueNanos) {
    metrics.finished.get(order().ending()).incrementAndGet();
    metrics.requestPromptTokens.record(order().promptTokens());
    metrics.requestGenerationTokens.record(countedTokens);
    metrics.endToEnd.record(EngineMetrics.seconds(dueNanos - truth.receivedNanos()));
    metrics.queue.record(EngineMetrics.seconds(sequence.scheduledNanos() - sequence.arrivalNanos()));
    metrics.inference.record(EngineMetrics.seconds(lastTokenNanos - sequence.scheduledNanos()));
    metrics.prefill.record(EngineMetrics.seconds(firstTokenNanos - sequence.scheduledNanos()));
    metrics.decode.record(EngineMetrics.seconds(lastTokenNanos - firstTokenNanos));
    if (countedTokens > 1) {
      metrics.perOutputToken
          .record(EngineMetrics.seconds(lastTokenNanos - firstTokenNanos) / (countedTokens - 1));
    }
  }
}
