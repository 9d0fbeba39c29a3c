package dev.attain.simulator;

import dev.attain.simulator.Sequence.Place;
import dev.attain.simulator.TransferCost.Transfer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One engine's scheduler and step clock, without threads and without a clock of its own.
 *
 * <p>
 * Whoever drives it calls {@link #step} with the instant at which a step may start and gets the instant at which it
 * ends; that end is the earliest start of the next. A step gives every decoding sequence one token and spends what is
 * left of the token budget on prompt chunks: first of sequences already running, then of admitted ones. When a running
 * sequence needs a block and none is free, the newest one loses its KV and starts over.
 *
 * <p>
 * Invariants: free blocks plus those of sequences, shared ones counted once, equal the pool; a sequence is in one place
 * only; nothing is admitted in a step that had to preempt. Calls come from one thread, with instants that never go back.
 */
final class EngineCore {

  /** Returned by {@link #step} when no sequence could do anything. */
  static final long IDLE = Long.MIN_VALUE;

  /** Returned by {@link #nextTimerNanos} when only a new arrival can wake the engine. */
  static final long NEVER = Long.MAX_VALUE;

  private final EngineLimits limits;
  private final StepCost stepCost;
  private final TransferCost transferCost;
  private final BlockPool pool;
  private final SharedLink link;
  private final HeldKv held = new HeldKv();
  private final Deque<Sequence> waiting = new ArrayDeque<>();
  private final Deque<Sequence> ready = new ArrayDeque<>();
  private final StepShape shape = new StepShape();
  private List<Sequence> running = new ArrayList<>();
  private List<Sequence> stillRunning = new ArrayList<>();

  private int pulling;
  private int batchSize;
  private int budget;
  private long preemptions;
  /** Until when the worker posts descriptors of transfers. */
  private long postingNanos;
  private long lastStartNanos = Long.MIN_VALUE;
  private long lastEndNanos = Long.MIN_VALUE;

  EngineCore(EngineLimits limits, StepCost stepCost, TransferCost transferCost) {
    this.limits = limits;
    this.stepCost = stepCost;
    this.transferCost = transferCost;
    this.pool = new BlockPool(limits.blocks(), limits.blockTokens());
    this.link = new SharedLink(transferCost.bytesPerSecond());
  }

  /** Puts a sequence at the end of the queue. It must fit the KV cache with all its tokens. */
  void submit(Sequence sequence) {
    SequenceOrder order = sequence.order();
    if ((long) order.promptTokens() + order.outputTokens() > limits.kvTokens()) {
      throw new IllegalArgumentException("a sequence of " + order.promptTokens() + " + " + order.outputTokens()
          + " tokens can never fit a KV cache of " + limits.kvTokens());
    }
    waiting.add(sequence);
  }

  /** Ends a sequence wherever it is and frees its blocks; without effect on one that is held or gone. */
  void abort(Sequence sequence) {
    Place place = sequence.place();
    if (place == Place.HELD || place == Place.GONE) {
      return;
    }
    leave(sequence, place);
    pool.release(sequence.blocks());
    sequence.end(FinishReason.ABORT, Place.GONE);
  }

  /** The KV asked for by {@link SequenceListener#pull} is there; its transfer starts at that instant. */
  Transfer beginTransfer(Sequence sequence, long nanos) {
    int missing = sequence.order().promptTokens() - sequence.foundTokens();
    Transfer transfer = transferCost.of(missing, limits.blockTokens());
    if (sequence.place() == Place.PULLING) {
      postingNanos = Math.max(postingNanos, nanos) + transfer.postNanos();
      link.start(sequence, postingNanos + transfer.startNanos(), transfer.bytes());
    }
    return transfer;
  }

  /** The KV asked for cannot be had: the sequence computes its prompt by itself, or fails. */
  void failTransfer(Sequence sequence, long nanos, boolean recompute) {
    if (sequence.place() != Place.PULLING) {
      return;
    }
    pulling--;
    if (recompute) {
      sequence.computeLocally(nanos);
      ready.add(sequence);
      return;
    }
    pool.release(sequence.blocks());
    sequence.end(FinishReason.ERROR, Place.GONE);
    sequence.listener().failed(sequence, nanos);
  }

  /** The decode instance has read what was held, or does not want it any more. True when it was still held. */
  boolean releaseHeld(Sequence sequence) {
    if (!held.release(sequence)) {
      return false;
    }
    pool.release(sequence.blocks());
    sequence.end(sequence.finishReason(), Place.GONE);
    return true;
  }

  /** Frees what is held as if its lease had ended at that instant. */
  void expireHeld(Sequence sequence, long nanos) {
    if (held.release(sequence)) {
      expired(sequence, nanos);
    }
  }

  /** Keeps what is held until that instant at least. */
  void renewLease(Sequence sequence, long untilNanos) {
    held.renew(sequence, untilNanos);
  }

  /**
   * Puts together and carries out the step that may start at the given instant, and tells listeners of its tokens.
   *
   * @return when it ends, or {@link #IDLE}
   */
  long step(long startNanos) {
    advance(startNanos);
    long cutoffNanos = limits.schedulesAhead() && startNanos == lastEndNanos ? lastStartNanos : startNanos;
    schedule(startNanos, cutoffNanos);
    if (shape.isEmpty() && cutoffNanos < startNanos) {
      schedule(startNanos, startNanos);
    }
    batchSize = running.size();
    if (shape.isEmpty()) {
      lastEndNanos = Long.MIN_VALUE;
      return IDLE;
    }
    lastStartNanos = startNanos;
    long stallNanos = Math.clamp(postingNanos - startNanos, 0, TransferCost.MOST_STALL_NANOS);
    lastEndNanos = stepCost.endNanos(shape, startNanos + stallNanos);
    compute(lastEndNanos);
    return lastEndNanos;
  }

  /** Lets transfers land and leases end until that instant; {@link #step} does so by itself. */
  void advance(long nowNanos) {
    link.advance(nowNanos, this::landed);
    held.expire(nowNanos, this::expired);
  }

  /** After {@link #IDLE}: the next instant at which something can happen without an arrival. */
  long nextTimerNanos() {
    long next = Math.min(link.nextNanos(), held.nextNanos());
    return ready.isEmpty() ? next : Math.min(next, ready.peek().eligibleNanos());
  }

  int runningCount() {
    return running.size();
  }

  /** Sequences that took part in the last step; 0 after {@link #IDLE}. */
  int batchSize() {
    return batchSize;
  }

  /** Queued, waiting for their KV, or about to run. */
  int waitingCount() {
    return waiting.size() + pulling + ready.size();
  }

  /** Of these, those that wait for their KV and not for room. */
  int deferredCount() {
    return pulling;
  }

  int heldCount() {
    return held.size();
  }

  long preemptions() {
    return preemptions;
  }

  BlockPool pool() {
    return pool;
  }

  /** What the last step computed. */
  StepShape lastShape() {
    return shape;
  }

  private void schedule(long startNanos, long cutoffNanos) {
    shape.clear();
    budget = limits.maxBatchedTokens();
    if (scheduleRunning(startNanos)) {
      admit(startNanos, cutoffNanos);
    }
  }

  /** True when every running sequence got its blocks, so that there may be room for more. */
  private boolean scheduleRunning(long startNanos) {
    long preemptionsBefore = preemptions;
    for (int index = 0; index < running.size() && budget > 0; index++) {
      Sequence sequence = running.get(index);
      int tokens = Math.min(sequence.pendingTokens(), budget);
      if (ensureBlocks(sequence, sequence.computedTokens() + tokens)) {
        schedule(sequence, tokens, startNanos);
      }
    }
    return preemptions == preemptionsBefore;
  }

  /** Preempts from the newest on until there are enough blocks; false when the sequence itself had to go. */
  private boolean ensureBlocks(Sequence sequence, int tokens) {
    while (!pool.grow(sequence.blocks(), tokens)) {
      Sequence newest = running.removeLast();
      pool.release(newest.blocks());
      newest.forgetKv();
      waiting.addFirst(newest);
      preemptions++;
      if (newest == sequence) {
        return false;
      }
    }
    return true;
  }

  private void admit(long startNanos, long cutoffNanos) {
    while (budget > 0 && running.size() < limits.maxSequences()) {
      if (isEligible(ready, cutoffNanos)) {
        run(ready.remove(), startNanos);
        continue;
      }
      if (!isEligible(waiting, cutoffNanos) || !reserve(waiting.peek())) {
        return;
      }
      Sequence sequence = waiting.remove();
      if (sequence.awaitsPull()) {
        sequence.moveTo(Place.PULLING);
        pulling++;
        sequence.listener().pull(sequence, startNanos);
        continue;
      }
      run(sequence, startNanos);
    }
  }

  private static boolean isEligible(Deque<Sequence> queue, long cutoffNanos) {
    return !queue.isEmpty() && queue.peek().eligibleNanos() <= cutoffNanos;
  }

  /** Takes blocks for all known tokens at once, so that a prompt never loses its own KV half way. */
  private boolean reserve(Sequence sequence) {
    int spare = pool.used() == 0 ? 0 : limits.watermarkBlocks();
    int found = pool.reserve(sequence.blocks(), sequence.order().blockNames(), sequence.knownTokens(), spare);
    if (found < 0) {
      return false;
    }
    sequence.admit(found);
    return true;
  }

  private void run(Sequence sequence, long startNanos) {
    sequence.moveTo(Place.RUNNING);
    running.add(sequence);
    schedule(sequence, Math.min(sequence.pendingTokens(), budget), startNanos);
  }

  private void schedule(Sequence sequence, int tokens, long startNanos) {
    int computed = sequence.computedTokens();
    if (tokens == 1 && computed > 0) {
      shape.addDecode(computed + 1);
    } else {
      shape.addPrefill(tokens, computed, tokens == sequence.pendingTokens());
    }
    sequence.schedule(tokens, startNanos);
    // Already now: a sequence of the same step finds them, as in vLLM, where a layer's KV is written before it is read.
    pool.name(sequence.blocks(), sequence.order().blockNames(), computed, computed + tokens);
    budget -= tokens;
  }

  private void compute(long endNanos) {
    stillRunning.clear();
    for (Sequence sequence : running) {
      boolean produced = sequence.compute();
      if (produced && sequence.finished()) {
        finish(sequence, endNanos);
      } else {
        stillRunning.add(sequence);
      }
      if (produced) {
        sequence.listener().token(sequence, endNanos);
      }
    }
    List<Sequence> before = running;
    running = stillRunning;
    stillRunning = before;
  }

  private void finish(Sequence sequence, long endNanos) {
    FinishReason reason = sequence.order().ending();
    if (sequence.order().holdsKv() && reason == FinishReason.LENGTH) {
      sequence.end(reason, Place.HELD);
      held.hold(sequence, endNanos + limits.leaseNanos());
      return;
    }
    pool.release(sequence.blocks());
    sequence.end(reason, Place.GONE);
  }

  private void landed(Sequence sequence, long nanos) {
    pulling--;
    int found = sequence.computedTokens();
    sequence.land(nanos + transferCost.handOverNanos());
    pool.name(sequence.blocks(), sequence.order().blockNames(), found, sequence.computedTokens());
    ready.add(sequence);
    sequence.listener().landed(sequence, nanos);
  }

  private void expired(Sequence sequence, long nanos) {
    pool.release(sequence.blocks());
    sequence.end(sequence.finishReason(), Place.GONE);
    sequence.listener().expired(sequence, nanos);
  }

  private void leave(Sequence sequence, Place place) {
    switch (place) {
      case WAITING -> waiting.remove(sequence);
      case READY -> ready.remove(sequence);
      case RUNNING -> running.remove(sequence);
      case PULLING -> {
        pulling--;
        link.cancel(sequence);
      }
      case HELD, GONE -> throw new IllegalStateException("a sequence that has ended cannot leave");
    }
  }
}
