package dev.attain.simulator;

import static dev.attain.simulator.Recorded.decodeOnly;
import static dev.attain.simulator.Recorded.prefillOnly;
import static dev.attain.simulator.Recorded.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.simulator.Sequence.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineCoreTest {

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long LEASE = 30 * SECOND;

  private static EngineLimits blocks(int blocks) {
    return new EngineLimits(1024, 8192, blocks, 16, 0, LEASE, false);
  }

  private static VirtualEngine serve(EngineLimits limits, List<Recorded> requests) {
    return VirtualEngine.of(limits).serve(requests);
  }

  @Test
  void everyRunningSequenceGetsOneTokenInEveryStep() {
    Recorded first = request(100, 50, 0);
    Recorded second = request(100, 50, 0);

    VirtualEngine engine = serve(VirtualEngine.LIMITS, List.of(first, second));

    assertThat(first.tokenNanos).hasSize(50).isEqualTo(second.tokenNanos);
    assertThat(new HashSet<>(first.tokenNanos)).hasSize(50);
    assertThat(engine.steps()).isEqualTo(50);
  }

  @Test
  void aLongPromptIsPrefilledInChunksOfTheTokenBudget() {
    Recorded request = request(20_000, 2, 0);

    VirtualEngine engine = serve(VirtualEngine.LIMITS, List.of(request));

    assertThat(engine.steps()).isEqualTo(3 + 1);
    assertThat(request.tokenNanos).hasSize(2);
  }

  @Test
  void aLongPrefillDelaysTheTokensOfOthersByItsChunkTime() {
    Recorded decoding = request(100, 200, 0);
    Recorded alone = request(100, 200, 0);
    Recorded longPrompt = request(3 * 8191, 1, 500 * MILLI);

    serve(VirtualEngine.LIMITS, List.of(decoding, longPrompt));
    serve(VirtualEngine.LIMITS, List.of(alone));

    StepShape chunk = new StepShape();
    chunk.addPrefill(8191, 2 * 8191, true);
    long chunkNanos = VirtualEngine.llamaOnH100(1).nanos(chunk);
    assertThat(alone.longestGapNanos()).isLessThan(10 * MILLI);
    assertThat(decoding.longestGapNanos()).isBetween(chunkNanos, chunkNanos * 105 / 100);
  }

  @Test
  void aLongPromptPulledFromElsewhereDoesNotDelayOthers() {
    Recorded decoding = request(100, 200, 0);
    Recorded longPrompt = decodeOnly(32_000, 100, 500 * MILLI);

    serve(VirtualEngine.LIMITS, List.of(decoding, longPrompt));

    assertThat(longPrompt.tokenNanos).hasSize(100);
    assertThat(decoding.longestGapNanos()).isLessThan(12 * MILLI + TransferCost.MOST_STALL_NANOS);
  }

  @Test
  void aSmallerTokenBudgetShortensTheLongestGap() {
    Recorded underLargeBudget = request(100, 200, 0);
    Recorded underSmallBudget = request(100, 200, 0);

    serve(VirtualEngine.LIMITS, List.of(underLargeBudget, request(32_000, 1, 500 * MILLI)));
    serve(new EngineLimits(1024, 512, 27_000, 16, 270, LEASE, false),
        List.of(underSmallBudget, request(32_000, 1, 500 * MILLI)));

    assertThat(underSmallBudget.longestGapNanos()).isLessThan(underLargeBudget.longestGapNanos() / 4);
  }

  @Test
  void aFullKvCacheMakesRequestsWaitInsteadOfFail() {
    List<Recorded> requests = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      requests.add(request(1000, 10, 0));
    }

    VirtualEngine engine = serve(blocks(200), requests);

    assertThat(requests).allSatisfy(each -> assertThat(each.tokenNanos).hasSize(10));
    assertThat(requests.getLast().firstTokenNanos()).isGreaterThan(3 * requests.getFirst().firstTokenNanos());
    assertThat(engine.core.pool().used()).isZero();
  }

  @Test
  void preemptedSequencesFinishWithTheRightNumberOfTokens() {
    List<Recorded> requests = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      requests.add(request(160, 400, i));
    }

    VirtualEngine engine = serve(blocks(150), requests);

    assertThat(engine.core.preemptions()).isPositive();
    assertThat(requests).allSatisfy(each -> assertThat(each.tokenNanos).hasSize(400).isSorted());
    assertThat(engine.core.pool().used()).isZero();
  }

  @Test
  void theNewestSequenceIsPreemptedFirst() {
    Recorded oldest = request(160, 400, 0);
    Recorded newest = request(160, 400, 1);

    serve(blocks(40), List.of(oldest, newest));

    assertThat(oldest.longestGapNanos()).isLessThan(SECOND);
    assertThat(newest.longestGapNanos()).isGreaterThan(SECOND);
  }

  @Test
  void noMoreThanTheAllowedNumberOfSequencesRuns() {
    List<Recorded> requests = List.of(request(16, 10, 0), request(16, 10, 0), request(16, 10, 0));

    serve(new EngineLimits(2, 8192, 1000, 16, 0, LEASE, false), requests);

    assertThat(requests.get(2).firstTokenNanos()).isGreaterThan(requests.get(0).tokenNanos.getLast());
  }

  @Test
  void admissionLeavesTheWatermarkFree() {
    Recorded first = request(160, 100, 0);
    Recorded second = request(160, 100, 0);

    serve(new EngineLimits(1024, 8192, 25, 16, 6, LEASE, false), List.of(first, second));

    assertThat(second.firstTokenNanos()).isGreaterThan(first.tokenNanos.getLast());
  }

  @Test
  void aPrefillInstanceHoldsKvUntilItIsRead() {
    VirtualEngine engine = VirtualEngine.of(VirtualEngine.LIMITS);
    Recorded prompt = prefillOnly(1600, 0);
    engine.core.submit(prompt.sequence);
    engine.core.step(0);

    assertThat(prompt.sequence.place()).isEqualTo(Place.HELD);
    assertThat(engine.core.pool().used()).isEqualTo(100);
    assertThat(engine.core.releaseHeld(prompt.sequence)).isTrue();
    assertThat(engine.core.releaseHeld(prompt.sequence)).isFalse();
    assertThat(engine.core.pool().used()).isZero();
  }

  @Test
  void heldKvIsFreedWhenItsLeaseEnds() {
    Recorded prompt = prefillOnly(1600, 0);

    VirtualEngine engine = serve(VirtualEngine.LIMITS, List.of(prompt));

    assertThat(prompt.expiredNanos).isEqualTo(prompt.firstTokenNanos() + LEASE);
    assertThat(engine.core.pool().used()).isZero();
    assertThat(engine.core.heldCount()).isZero();
  }

  @Test
  void aRenewedLeaseLastsLonger() {
    VirtualEngine engine = VirtualEngine.of(VirtualEngine.LIMITS);
    Recorded prompt = prefillOnly(1600, 0);
    engine.core.submit(prompt.sequence);
    long end = engine.core.step(0);
    engine.core.renewLease(prompt.sequence, end + LEASE + SECOND);

    engine.core.advance(end + LEASE);
    assertThat(prompt.sequence.place()).isEqualTo(Place.HELD);
    engine.core.advance(end + LEASE + SECOND);
    assertThat(prompt.sequence.place()).isEqualTo(Place.GONE);
  }

  @Test
  void aDecodeInstanceReservesTheWholePromptBeforeItPulls() {
    VirtualEngine engine = VirtualEngine.of(VirtualEngine.LIMITS);
    Recorded pulling = decodeOnly(3200, 10, 0);
    engine.core.submit(pulling.sequence);

    assertThat(engine.core.step(0)).isEqualTo(EngineCore.IDLE);
    assertThat(pulling.pullNanos).isZero();
    assertThat(pulling.sequence.place()).isEqualTo(Place.PULLING);
    assertThat(engine.core.pool().used()).isEqualTo(200);
  }

  @Test
  void aPulledPromptCostsItsTransferAndOneRecomputedPosition() {
    Recorded pulled = decodeOnly(1024, 5, 0);

    VirtualEngine engine = serve(VirtualEngine.LIMITS, List.of(pulled));

    double expectedSeconds = 5.8e-3 + 32 * 64 * 2.7e-6 + 1024.0 * 131_072 / 300e9;
    assertThat(pulled.landedNanos).isBetween(Math.round(expectedSeconds * 1e9) - 10,
        Math.round(expectedSeconds * 1e9) + 10);
    assertThat(engine.steps()).isEqualTo(5);
    assertThat(pulled.sequence.pulled()).isTrue();
    assertThat(pulled.firstTokenNanos() - pulled.landedNanos).isLessThan(10 * MILLI);
  }

  @Test
  void aFailedTransferIsComputedLocallyOrFailsTheSequence() {
    VirtualEngine engine = VirtualEngine.of(VirtualEngine.LIMITS);
    Recorded recomputed = decodeOnly(1024, 1, 0);
    Recorded failed = decodeOnly(1024, 1, 0);
    engine.core.submit(recomputed.sequence);
    engine.core.submit(failed.sequence);
    engine.core.step(0);

    engine.core.failTransfer(recomputed.sequence, MILLI, true);
    engine.core.failTransfer(failed.sequence, MILLI, false);
    engine.core.step(MILLI);

    assertThat(failed.failed).isTrue();
    assertThat(failed.sequence.finishReason()).isEqualTo(FinishReason.ERROR);
    assertThat(recomputed.tokenNanos).hasSize(1);
    assertThat(recomputed.sequence.pulled()).isFalse();
    assertThat(engine.core.pool().used()).isZero();
  }

  @Test
  void anArrivalDuringAStepScheduledAheadWaitsForTheStepAfterTheNext() {
    Recorded atOnce = request(100, 1, 601 * MILLI);
    Recorded later = request(100, 1, 601 * MILLI);

    serve(new EngineLimits(1024, 8192, 1000, 16, 0, LEASE, false), List.of(request(100, 200, 0), atOnce));
    serve(new EngineLimits(1024, 8192, 1000, 16, 0, LEASE, true), List.of(request(100, 200, 0), later));

    long stepNanos = 8 * MILLI;
    assertThat(later.firstTokenNanos() - atOnce.firstTokenNanos()).isBetween(stepNanos - MILLI, stepNanos + MILLI);
  }

  @Test
  void anAbortedSequenceGivesItsBlocksBackWhereverItIs() {
    VirtualEngine engine = VirtualEngine.of(blocks(300));
    Recorded running = request(1600, 10, 0);
    Recorded pulling = decodeOnly(1600, 10, 0);
    Recorded waiting = request(3200, 10, 0);
    List.of(running, pulling, waiting).forEach(each -> engine.core.submit(each.sequence));
    engine.core.step(0);
    assertThat(engine.core.runningCount()).isEqualTo(1);
    assertThat(engine.core.waitingCount()).isEqualTo(2);

    List.of(running, pulling, waiting).forEach(each -> engine.core.abort(each.sequence));

    assertThat(engine.core.runningCount() + engine.core.waitingCount()).isZero();
    assertThat(engine.core.pool().used()).isZero();
    assertThat(engine.core.beginTransfer(pulling.sequence, 0).bytes()).isPositive();
    assertThat(engine.core.nextTimerNanos()).isEqualTo(EngineCore.NEVER);
  }

  @Test
  void aSequenceThatCanNeverFitIsRefused() {
    VirtualEngine engine = VirtualEngine.of(blocks(10));

    assertThatThrownBy(() -> engine.core.submit(request(150, 11, 0).sequence))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("KV cache of 160");
  }
}
