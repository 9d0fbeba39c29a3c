package dev.attain.client;

import dev.attain.measurement.Outcome;
import dev.attain.measurement.Recorder;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Sending;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * A run's part on one event loop: its recorder, its open calls, its finished records. Other threads only hand over work
 * and take finished records; everything else happens on the loop, so the recorder has a single writer.
 */
final class Lane {
  /** Makes the call for a prepared request. */
  interface Route {
    Call call(PlannedRequest request, RequestBody body, Lane lane);
  }

  /**
   * Why requests are not sent.
   *
   * @param waitedInVainBefore those that were due before this instant, counted from the origin, could have been sent had
   *        the server not taken so long: they have timed out. The others are unsent.
   */
  record Leaving(String reason, long waitedInVainBefore) {}

  private static final int LEFT_OUT_AT_ONCE = 1024;

  private final LoadRun run;
  private final ClientLoop loop;
  private final Recorder recorder;
  private final Route route;
  private final OpenCalls open = new OpenCalls();
  private final ConcurrentLinkedQueue<RequestRecord> finished = new ConcurrentLinkedQueue<>();
  private final AtomicLong tokenEvents = new AtomicLong();
  private volatile Unmeasured unmeasured = Unmeasured.NONE;
  private Optional<Future<?>> sweep = Optional.empty();
  private Optional<String> abandoned = Optional.empty();

  Lane(LoadRun run, ClientLoop loop, Recorder recorder, Route route) {
    this.run = run;
    this.loop = loop;
    this.recorder = recorder;
    this.route = route;
  }

  /** From any thread: keeps so many idle connections to each instance ready for this run's arrivals; 0: none. */
  void keepConnectionsAhead(int connections) {
    loop.keepAhead(connections);
  }

  /** From any thread: looks for overdue calls from now on, until {@link #stopWatching}. */
  void watch(Patience patience) {
    loop.eventLoop().execute(() -> sweep = Optional.of(loop.eventLoop().scheduleWithFixedDelay(() -> {
      long now = loop.clock().nanos();
      open.forEach(call -> call.checkDeadlines(now, patience));
    }, patience.sweepNanos(), patience.sweepNanos(), TimeUnit.NANOSECONDS)));
  }

  /** From any thread. */
  void stopWatching() {
    loop.eventLoop().execute(() -> sweep.ifPresent(future -> future.cancel(false)));
  }

  /** From any thread: a request is due, or soon will be, or it is its turn. */
  void depart(PlannedRequest request, RequestBody body) {
    long dueNanos = run.originNanos() + request.intendedNanos();
    // What comes ahead of time counts as handed over when it was to leave, whether the loop is free then or not.
    long handedNanos = Math.max(loop.clock().nanos(), dueNanos);
    loop.eventLoop().execute(() -> {
      long early = dueNanos - loop.clock().nanos();
      if (early > 0) {
        schedule(() -> begin(request, body, handedNanos), early);
      } else {
        begin(request, body, handedNanos);
      }
    });
  }

  /** From any thread: whether whatever comes is to be read at once, because requests wait for the ends of others. */
  void promptly(boolean always) {
    loop.eventLoop().execute(() -> loop.promptly(always));
  }

  /** From any thread; from the loop itself, as soon as what it is doing now is done, without a wake-up. */
  void execute(Runnable task) {
    loop.eventLoop().execute(task);
  }

  /** On the loop. */
  void schedule(Runnable task, long delayNanos) {
    loop.eventLoop().schedule(task, delayNanos, TimeUnit.NANOSECONDS);
  }

  /** On the loop: the request leaves now. */
  void begin(PlannedRequest request, RequestBody body) {
    begin(request, body, loop.clock().nanos());
  }

  private void begin(PlannedRequest request, RequestBody body, long handedNanos) {
    if (abandoned.isPresent()) {
      leave(request, new Leaving(abandoned.get(), Long.MIN_VALUE));
      return;
    }
    Call call = route.call(request, body, this);
    call.handed(handedNanos);
    open.add(call);
    if (request.measured()) {
      recorder.sent();
    } else {
      unmeasured = unmeasured.plus(new Unmeasured(1, 0, 0));
    }
    call.begin();
  }

  /** From any thread: one request will not be sent. */
  void leaveUnsent(PlannedRequest request, String reason) {
    leaveOut(request, new Leaving(reason, Long.MIN_VALUE));
  }

  /** From any thread: one request will not be sent. */
  void leaveOut(PlannedRequest request, Leaving why) {
    loop.eventLoop().execute(() -> leave(request, why));
  }

  /**
   * From any thread: all requests at {@code position}, {@code position + step} and so on until {@code end} will not be
   * sent. In small tasks, because there may be millions and others wait for this loop.
   */
  void leaveOut(IntFunction<PlannedRequest> plan, int position, int end, int step, Leaving why) {
    loop.eventLoop().execute(() -> {
      long stop = Math.min(end, position + (long) LEFT_OUT_AT_ONCE * step);
      long next = position;
      for (; next < stop; next += step) {
        leave(plan.apply((int) next), why);
      }
      if (next < end) {
        leaveOut(plan, (int) next, end, step, why);
      }
    });
  }

  private void leave(PlannedRequest request, Leaving why) {
    if (!request.measured()) {
      run.passed();
      return;
    }
    long never = RequestRecord.NEVER;
    boolean inVain = request.intendedNanos() < why.waitedInVainBefore();
    if (inVain) {
      // It would have been sent, had anything ended in time.
      recorder.sent();
    }
    ended(new RequestRecord(request.index(), request.shape().promptTokens(), request.shape().outputTokens(), 0, 0,
        request.intendedNanos(), never, never, never, never, never, never, never,
        inVain ? loop.clock().nanos() - run.originNanos() : never,
        inVain ? Outcome.TIMED_OUT : Outcome.UNSENT, why.reason(), -1, -1, 0,
        Sending.UNKNOWN));
  }

  /** From any thread: gives up everything that is open, and sends nothing that arrives later. */
  void abandon(String reason) {
    loop.eventLoop().execute(() -> {
      abandoned = Optional.of(reason);
      long now = loop.clock().nanos();
      open.forEach(call -> call.giveUp(Outcome.TIMED_OUT, reason, now));
    });
  }

  void concluded(Call call, RequestRecord request) {
    open.remove(call);
    if (call.measured()) {
      ended(request);
    } else {
      unmeasured = unmeasured.plus(new Unmeasured(0, request.completed() ? 1 : 0,
          request.completed() ? request.promptTokens() : 0));
      run.passed();
    }
    run.concluded(this, request);
  }

  private void ended(RequestRecord request) {
    recorder.finished(request);
    finished.add(request);
    run.decided();
  }

  /** This node itself could not open a connection. */
  void ranShort(Shortage shortage, String sentence) {
    run.ranShort(shortage, sentence);
  }

  void send(Leg leg) {
    loop.send(leg);
  }

  void tokenGap(long nanos, int tokens) {
    recorder.tokenGap(nanos, tokens);
  }

  void tokenEvent() {
    // One writer: no locked instruction is needed.
    tokenEvents.setOpaque(tokenEvents.getPlain() + 1);
  }

  /** From any thread. */
  long tokenEvents() {
    return tokenEvents.getOpaque();
  }

  /** From any thread. */
  Unmeasured unmeasured() {
    return unmeasured;
  }

  long nowNanos() {
    return loop.clock().nanos();
  }

  EventScanner scanner() {
    return loop.scanner();
  }

  long originNanos() {
    return run.originNanos();
  }

  /** For the one thread that takes records. */
  void takeFinished(List<RequestRecord> into) {
    for (RequestRecord next = finished.poll(); next != null; next = finished.poll()) {
      into.add(next);
    }
  }
}
