package dev.attain.client;

import dev.attain.measurement.RequestRecord;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests leave at the instants of a schedule, whatever becomes of those before. With a limit of requests in flight one
 * beyond it waits, and its waiting counts in its latency.
 */
final class OpenLoop extends LoadRun {
  private static final long PREPARATION_POLL_MILLIS = 20;
  /** Much longer than a parked thread oversleeps. */
  private static final long HAND_OVER_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long QUEUE_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Share share;
  private final int hardStopInFlight;
  private final boolean punctual;
  private final RequestPreparation preparation;
  private final Optional<InFlightLimit> limit;
  private final AtomicInteger undecided;
  /** Requests that have not ended, measured or not. */
  private final AtomicInteger left;
  private final AtomicInteger inFlight = new AtomicInteger();
  /** What was due before this instant, counted from the origin, and still waits has timed out. */
  private volatile long waitedInVainBefore = Long.MIN_VALUE;
  /** The first position that has not been dealt with; of the pacer's thread. */
  private int position;

  /** Bodies are prepared from now on. */
  OpenLoop(Share share, Place place) {
    super(place);
    this.share = share;
    this.hardStopInFlight = place.settings().hardStopInFlight();
    this.punctual = place.loops().stream().allMatch(ClientLoop::punctual);
    this.undecided = new AtomicInteger(share.arrivals().measured());
    this.left = new AtomicInteger(share.size());
    this.limit = share.arrivals().mostInFlight().stream().mapToObj(InFlightLimit::new).findFirst();
    this.preparation = new RequestPreparation(share.size(), share::request, share::body);
    if (share.size() == 0) {
      endAll();
    }
    if (undecided.get() == 0) {
      end();
    }
  }

  @Override
  long planned() {
    return share.arrivals().measured();
  }

  @Override
  long[] firstDueNanos() {
    return share.arrivals().intendedNanos();
  }

  @Override
  boolean endsBeginOthers() {
    return limit.isPresent();
  }

  @Override
  void release(Pacer pacer) throws InterruptedException {
    Optional<PreparedRequest> next = prepared();
    while (next.isPresent() && awaitTurn(pacer, originNanos() + next.get().planned().intendedNanos())
        && depart(next.get())) {
      position++;
      next = prepared();
    }
  }

  /**
   * A loop with punctual timers gets a request shortly before its instant and sends it by itself: no thread spins, and
   * none has to be woken at the instant. Where places are limited it is decided at the instant who gets one.
   */
  private boolean awaitTurn(Pacer pacer, long dueNanos) {
    return (punctual && limit.isEmpty()) ? pacer.awaitParked(dueNanos - HAND_OVER_NANOS) : pacer.await(dueNanos);
  }

  /** The request at this position, however late it becomes ready; empty after the last or when sending stops. */
  private Optional<PreparedRequest> prepared() throws InterruptedException {
    Optional<PreparedRequest> next = Optional.empty();
    while (next.isEmpty() && position < share.size() && stopReason().isEmpty()) {
      next = preparation.next(PREPARATION_POLL_MILLIS);
    }
    return next;
  }

  /** False when sending stopped before the request could even wait for its turn. */
  private boolean depart(PreparedRequest request) {
    PlannedRequest planned = request.planned();
    Lane lane = lane(planned);
    if (request.body().isEmpty()) {
      lane.leaveUnsent(planned, request.problem());
      return true;
    }
    if (limit.isEmpty()) {
      depart(planned, request.body().get(), lane);
      return true;
    }
    InFlightLimit.Answer answer = limit.get().admit(request);
    while (answer == InFlightLimit.Answer.FULL && stopReason().isEmpty()) {
      // Many others wait before this one, so that a poll delays nobody.
      LockSupport.parkNanos(this, QUEUE_POLL_NANOS);
      answer = limit.get().admit(request);
    }
    if (answer == InFlightLimit.Answer.MAY_LEAVE) {
      depart(planned, request.body().get(), lane);
    }
    return answer == InFlightLimit.Answer.MAY_LEAVE || answer == InFlightLimit.Answer.WAITS;
  }

  private void depart(PlannedRequest planned, RequestBody body, Lane lane) {
    if (inFlight.incrementAndGet() > hardStopInFlight) {
      inFlight.decrementAndGet();
      lane.leaveUnsent(planned, "hard stop: " + hardStopInFlight + " requests in flight when it was due");
    } else {
      lane.depart(planned, body);
    }
  }

  private Lane lane(PlannedRequest planned) {
    return lanes().get(planned.position() % lanes().size());
  }

  @Override
  void pacerEnds(String reason) {
    leaveOut(position, reason);
  }

  @Override
  void sendingStopped(String reason, boolean pacerRuns) {
    preparation.stop();
    limit.ifPresent(full -> full.close()
        .forEach(request -> lane(request.planned()).leaveOut(request.planned(), leaving(reason))));
    if (!pacerRuns) {
      leaveOut(0, reason);
    }
  }

  @Override
  void waitingGivenUp(String reason) {
    if (limit.isPresent()) {
      waitedInVainBefore = sinceOrigin();
    }
  }

  private Lane.Leaving leaving(String reason) {
    return new Lane.Leaving(reason, waitedInVainBefore);
  }

  private void leaveOut(int firstPosition, String reason) {
    int end = share.size();
    int step = lanes().size();
    for (int at = firstPosition; at < Math.min((long) end, (long) firstPosition + step); at++) {
      lanes().get(at % step).leaveOut(share::request, at, end, step, leaving(reason));
    }
  }

  @Override
  void decided() {
    passed();
    if (undecided.decrementAndGet() == 0) {
      end();
    }
  }

  @Override
  void passed() {
    if (left.decrementAndGet() == 0) {
      endAll();
    }
  }

  /** The place of a request that ended goes to the one that has waited longest, on the same loop. */
  @Override
  void concluded(Lane lane, RequestRecord request) {
    inFlight.decrementAndGet();
    limit.flatMap(InFlightLimit::next).ifPresent(
        next -> depart(next.planned().releasedAt(request.endNanos()), next.body().orElseThrow(), lane));
  }

  private void endAll() {
    preparation.stop();
    fallSilent();
  }
}
