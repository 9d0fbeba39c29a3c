package dev.attain.client;

import dev.attain.measurement.RequestRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Users who each send their next request when the one before has ended and they have thought: the server sets the pace.
 * A request is due when its user is ready. The successor of a request starts on the same loop, with no other thread in
 * between; the pacer only lets the users in.
 */
final class ClosedLoop extends LoadRun {
  /** Shorter prompts are written faster than they are handed from one thread to another. */
  private static final int LONG_PROMPT_TOKENS = 256;

  private final UserShare share;
  private final PlannedUsers plan;
  private final VirtualUser[] users;
  /** Requests that have no outcome yet; of a point that ends by time, users that have not gone yet. */
  private final AtomicInteger undecided;
  private final LongAdder begun = new LongAdder();
  private final BodiesAhead bodies;

  /** Bodies are prepared from now on. */
  ClosedLoop(UserShare share, Place place) {
    super(place);
    this.share = share;
    this.plan = share.plan();
    this.users = IntStream.range(0, plan.numbers().length)
        .mapToObj(at -> new VirtualUser(this, lanes().get(at % lanes().size()), plan.numbers()[at]))
        .toArray(VirtualUser[]::new);
    this.undecided = new AtomicInteger(plan.byTime() ? users.length : plan.plannedRequests());
    this.bodies = new BodiesAhead(index -> share.body(share.request(index, 0)));
    Arrays.stream(users).forEach(user -> prepareAhead(user, user.index()));
    if (undecided.get() == 0) {
      endRun();
    }
  }

  @Override
  long planned() {
    return plan.byTime() ? begun.sum() : plan.plannedRequests();
  }

  @Override
  long[] firstDueNanos() {
    return plan.startNanos();
  }

  @Override
  boolean endsBeginOthers() {
    return true;
  }

  @Override
  void release(Pacer pacer) {
    for (int at = 0; at < users.length && pacer.await(originNanos() + plan.startNanos()[at]); at++) {
      users[at].lane().execute(users[at]);
    }
  }

  @Override
  void pacerEnds(String reason) {
    // Users who have not been let in go when sending stops, like those who think.
  }

  @Override
  void sendingStopped(String reason, boolean pacerRuns) {
    for (Lane lane : lanes()) {
      lane.execute(() -> usersOf(lane).stream().filter(user -> !user.busy() && !user.gone())
          .forEach(user -> leave(user, reason)));
    }
  }

  private List<VirtualUser> usersOf(Lane lane) {
    return Arrays.stream(users).filter(user -> user.lane() == lane).toList();
  }

  @Override
  void waitingGivenUp(String reason) {
    // Nobody waits here: a user who is not ready has not asked for anything.
  }

  /** On the user's loop. */
  void ready(VirtualUser user) {
    int index = user.index();
    long readyNanos = user.readyNanos(sinceOrigin());
    Optional<String> stopped = stopReason();
    if (stopped.isPresent() || index >= plan.endIndex() || readyNanos >= plan.end().toNanos()) {
      leave(user, stopped.orElseGet(this::timeIsOver));
      return;
    }
    PlannedRequest request = share.request(index, readyNanos);
    user.begins();
    begun.increment();
    RequestBody body;
    try {
      body = bodies.take(user, index).orElseGet(() -> share.body(request));
    } catch (RuntimeException e) {
      user.lane().leaveUnsent(request, "the request could not be prepared: " + e);
      next(user, sinceOrigin(), plan.pauseAfterFailure().toNanos());
      return;
    }
    prepareAhead(user, index + plan.users());
    user.lane().begin(request, body);
  }

  @Override
  void decided() {
    if (!plan.byTime() && undecided.decrementAndGet() == 0) {
      endRun();
    }
  }

  @Override
  void passed() {
    // Every request of a user is measured.
  }

  @Override
  void concluded(Lane lane, RequestRecord request) {
    // A user's first index is their number, and this node's numbers ascend.
    VirtualUser user = users[Arrays.binarySearch(plan.numbers(), request.index() % plan.users())];
    next(user, request.endNanos(), request.completed() ? 0 : plan.pauseAfterFailure().toNanos());
  }

  /** The user's request ended at this instant: they think, send the next one, or go. */
  private void next(VirtualUser user, long endNanos, long leastPauseNanos) {
    int next = user.index() + plan.users();
    long wait = next < plan.endIndex() ? Math.max(leastPauseNanos, plan.thinkNanosBefore().applyAsLong(next)) : 0;
    user.ended(next, endNanos + wait);
    Optional<String> stopped = stopReason();
    if (stopped.isPresent() || next >= plan.endIndex()) {
      leave(user, stopped.orElse(""));
    } else if (endNanos + wait >= plan.end().toNanos()) {
      leave(user, timeIsOver());
    } else if (wait == 0) {
      // Not at once but as the next task of this loop: by then the connection is free again.
      user.lane().execute(user);
    } else {
      user.lane().schedule(user, endNanos + wait - sinceOrigin());
    }
  }

  private String timeIsOver() {
    return "the point's time of " + Patience.text(plan.end()) + " was over before all its requests had begun";
  }

  private void prepareAhead(VirtualUser user, int index) {
    if (index < plan.endIndex() && share.promptTokens(index) > LONG_PROMPT_TOKENS) {
      bodies.want(user, index);
    }
  }

  /** On the user's loop, once: this user sends nothing any more. */
  private void leave(VirtualUser user, String reason) {
    user.goes();
    if (!plan.byTime()) {
      user.lane().leaveOut(index -> share.request(index, RequestRecord.NEVER), user.index(), plan.endIndex(),
          plan.users(), new Lane.Leaving(reason, Long.MIN_VALUE));
    } else if (undecided.decrementAndGet() == 0) {
      endRun();
    }
  }

  private void endRun() {
    bodies.stop();
    fallSilent();
    end();
  }
}
