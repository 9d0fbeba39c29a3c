package dev.attain.client;

import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Makes the next body of each user of a closed loop on a thread of its own while their request is under way: a long
 * prompt takes milliseconds that an event loop cannot spare. A body that is not there when its user is ready is made on
 * the loop. The memory of bodies made ahead is bounded.
 */
final class BodiesAhead {
  /** Nobody is woken for a body: a wake-up costs the loop more than a short poll costs this thread. */
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private record Wanted(VirtualUser user, int index) {}

  private final ConcurrentLinkedQueue<Wanted> wanted = new ConcurrentLinkedQueue<>();
  private final BodyBudget budget = new BodyBudget();
  private final IntFunction<RequestBody> encode;
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean stopped;

  /** @param encode from the index of a request to its body; may throw */
  BodiesAhead(IntFunction<RequestBody> encode) {
    this.encode = encode;
  }

  /** From any thread: this user will need the body of this request soon. */
  void want(VirtualUser user, int index) {
    wanted.add(new Wanted(user, index));
    if (!started.get() && started.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("attain-preparation").start(this::prepare);
    }
  }

  /** On the user's loop: the body of this request, if it has been made. */
  Optional<RequestBody> take(VirtualUser user, int index) {
    return put(user, null).filter(made -> made.index() == index).map(VirtualUser.Ahead::body);
  }

  void stop() {
    stopped = true;
  }

  private void prepare() {
    while (!stopped) {
      Wanted next = wanted.poll();
      if (next == null) {
        LockSupport.parkNanos(this, POLL_NANOS);
      } else {
        prepare(next.user(), next.index());
      }
    }
    wanted.clear();
  }

  private void prepare(VirtualUser user, int index) {
    try {
      RequestBody body = encode.apply(index);
      if (budget.tryTake(body.size())) {
        put(user, new VirtualUser.Ahead(index, body));
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      // The loop finds no body, tries itself, and gives the request its reason.
    }
  }

  /** Puts what was made in the place of what was there, whose memory is given back. */
  private Optional<VirtualUser.Ahead> put(VirtualUser user, VirtualUser.Ahead made) {
    Optional<VirtualUser.Ahead> before = Optional.ofNullable(user.swapAhead(made));
    before.ifPresent(old -> budget.giveBack(old.body().size()));
    return before;
  }
}
