package dev.attain.simulator;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Runs an {@link EngineCore} in wall time on one thread.
 *
 * <p>
 * The step clock is absolute: a step starts when the one before it ended, not when this thread woke, so that delays
 * never add up, and after a pause of the machine the engine catches up. Only an idle engine takes its time from an
 * arrival. Tokens are handed to the event loops when their step ends, with the deadlines that the front end gives them.
 * While a step runs nothing wakes this thread:
 * arrivals and commands wait for its end, as they would in an engine.
 */
final class EngineThread {

  private static final System.Logger LOGGER = System.getLogger(EngineThread.class.getName());

  /** Parking may overshoot by about the kernel's timer slack of 50 us; the rest is spun. */
  private static final long SPIN_NANOS = 60_000;

  private static final long STOP_MILLIS = 1_000;

  private final EngineCore core;
  private final EngineLimits limits;
  private final StepFaults faults;
  private final EngineMetrics metrics;
  private final RemoteKvSource remoteKv;
  private final HeldRequests held = new HeldRequests();
  private final List<TokenWriter> writers = new ArrayList<>();
  private final List<LiveRequest> emitted = new ArrayList<>();
  private final Queue<LiveRequest> received = new ConcurrentLinkedQueue<>();
  private final FrontEndQueue<LiveRequest> arrivals;
  private final OutputQueue outputs;
  private final Queue<Consumer<EngineCore>> commands = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "engine-steps");

  private volatile boolean idle;
  private volatile boolean stopped;
  private volatile boolean dead;

  /** How a decode instance reaches the prefill instances. */
  interface RemoteKvSource {

    /** Asks whether the KV is there; answers with {@link EngineThread#kvFound} or {@link EngineThread#kvMissing}. */
    void ask(LiveRequest request);

    /** Tells the prefill instance that its blocks are not needed any more. */
    void release(LiveRequest request);
  }

  EngineThread(EngineSetup setup, FrontEndCost frontEnd, StepFaults faults, EngineMetrics metrics,
      List<EventLoop> loops,
      RemoteKvSource remoteKv) {
    this.core = setup.withStepCost(faults.on(setup.stepCost())).newCore();
    this.arrivals = new FrontEndQueue<>(frontEnd);
    this.outputs = new OutputQueue(frontEnd);
    this.faults = faults;
    this.limits = setup.limits();
    this.metrics = metrics;
    this.remoteKv = remoteKv;
    loops.forEach(loop -> writers.add(new TokenWriter(loop, metrics)));
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends the thread and waits for that; requests under way get no further tokens. */
  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** False once the engine has died of an error of its own. */
  boolean healthy() {
    return !dead;
  }

  EngineMetrics metrics() {
    return metrics;
  }

  HeldRequests held() {
    return held;
  }

  EventLoop loop(int index) {
    return writers.get(index).loop();
  }

  /** Takes a request whose body is complete; it reaches the scheduler when the front end is done with it. Any thread. */
  void submit(LiveRequest request) {
    received.add(request);
    wake();
  }

  /** Ends a request whose client is gone. Any thread. */
  void abort(LiveRequest request) {
    post(engine -> {
      abort(engine, request);
      loop(request.loopIndex()).execute(() -> request.truth().end(FinishReason.ABORT));
    });
  }

  private void abort(EngineCore engine, LiveRequest request) {
    if (request.sequence().place() == Sequence.Place.GONE || request.sequence().place() == Sequence.Place.HELD) {
      return;
    }
    boolean unread = request.sequence().order().kvSource() == SequenceOrder.KvSource.PULLED
        && !request.sequence().pulled();
    engine.abort(request.sequence());
    metrics.finished.get(FinishReason.ABORT).incrementAndGet();
    if (unread) {
      releaseRemote(request);
    }
  }

  /** The prefill instance has the KV of this request, or had it: reading freed blocks succeeds as well. */
  void kvFound(LiveRequest request) {
    long now = System.nanoTime();
    post(engine -> request.transferStarts(engine, now));
  }

  /** The KV cannot be reached. */
  void kvMissing(LiveRequest request, boolean recompute) {
    long now = System.nanoTime();
    metrics.failedTransfers.incrementAndGet();
    post(engine -> engine.failTransfer(request.sequence(), now, recompute));
  }

  /** A decode instance has read the KV of a held request. */
  void releaseHeld(LiveRequest request) {
    post(engine -> engine.releaseHeld(request.sequence()));
  }

  /** The lease of a held request ends at that instant, whatever was agreed. */
  void expireHeld(LiveRequest request, long nanos) {
    request.truth().struck(FaultKind.KV_EXPIRED);
    post(engine -> engine.expireHeld(request.sequence(), nanos));
  }

  /** A decode instance still means to read it: the lease lasts two thirds of its length from now on, as in vLLM. */
  void renewLease(LiveRequest request) {
    long until = System.nanoTime() + limits.leaseNanos() * 2 / 3;
    post(engine -> engine.renewLease(request.sequence(), until));
  }

  void askForKv(LiveRequest request) {
    remoteKv.ask(request);
  }

  void releaseRemote(LiveRequest request) {
    remoteKv.release(request);
  }

  /** A token of the step being computed; delivered when the step ends. */
  void emit(LiveRequest request) {
    emitted.add(request);
  }

  private void post(Consumer<EngineCore> command) {
    commands.add(command);
    wake();
  }

  private void wake() {
    if (idle) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    try {
      long clock = System.nanoTime();
      while (!stopped) {
        takeWork(clock);
        long end = core.step(clock);
        publish();
        if (end == EngineCore.IDLE) {
          clock = sleep(clock);
          continue;
        }
        waitUntil(end);
        if (!stopped) {
          faults.during(clock, end).ifPresent(this::mark);
          deliver(end);
        }
        clock = end;
      }
    } catch (RuntimeException e) {
      dead = true;
      LOGGER.log(System.Logger.Level.ERROR, "the simulated engine has died of an error of its own", e);
    }
  }

  private void takeWork(long clock) {
    Consumer<EngineCore> command = commands.poll();
    while (command != null) {
      command.accept(core);
      command = commands.poll();
    }
    for (long next = nextArrivalNanos(); next <= clock; next = nextArrivalNanos()) {
      Sequence sequence = arrivals.take().sequence();
      if (sequence.place() != Sequence.Place.GONE) {
        sequence.arriveAt(next);
        core.submit(sequence);
      }
    }
  }

  private long nextArrivalNanos() {
    for (LiveRequest next = received.poll(); next != null; next = received.poll()) {
      arrivals.add(next.order().arrivalNanos(), next.order().promptTokens(), next);
    }
    return arrivals.nextNanos();
  }

  private void publish() {
    metrics.running = core.batchSize();
    metrics.waiting = core.waitingCount();
    metrics.deferred = core.deferredCount();
    metrics.kvUsage = (double) core.pool().used() / core.pool().total();
    metrics.preemptions.set(core.preemptions());
  }

  private void mark(FaultKind kind) {
    emitted.forEach(request -> request.truth().struck(kind));
  }

  /** The front end passes on what clients are to hear of, and only counts the rest. */
  private void deliver(long endNanos) {
    for (LiveRequest request : emitted) {
      if (request.tellsNextToken()) {
        long dueNanos = outputs.leaveNanos(endNanos);
        request.countToken(metrics, endNanos, dueNanos);
        writers.get(request.loopIndex()).add(request, dueNanos);
      } else {
        request.countToken(metrics, endNanos, endNanos);
      }
    }
    metrics.generationTokens.addAndGet(emitted.size());
    metrics.iterationTokens.record(core.lastShape().newTokens());
    emitted.clear();
    writers.forEach(TokenWriter::send);
  }

  /** Parks until there is something to do and returns the instant at which that was. */
  private long sleep(long clock) {
    idle = true;
    try {
      while (!stopped) {
        long wakeNanos = Math.min(core.nextTimerNanos(), nextArrivalNanos());
        if (!commands.isEmpty()) {
          return Math.max(clock, Math.min(wakeNanos, System.nanoTime()));
        }
        long left = wakeNanos - System.nanoTime();
        if (wakeNanos != EngineCore.NEVER && left <= 0) {
          return Math.max(clock, wakeNanos);
        }
        if (wakeNanos == EngineCore.NEVER) {
          LockSupport.park(this);
        } else {
          LockSupport.parkNanos(this, left);
        }
      }
      return clock;
    } finally {
      idle = false;
    }
  }

  private void waitUntil(long deadlineNanos) {
    long left = deadlineNanos - System.nanoTime();
    while (left > 0 && !stopped) {
      if (left > SPIN_NANOS) {
        LockSupport.parkNanos(this, left - SPIN_NANOS);
      } else {
        Thread.onSpinWait();
      }
      left = deadlineNanos - System.nanoTime();
    }
  }
}
