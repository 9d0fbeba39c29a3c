package dev.attain.client;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Makes prompts and encodes bodies on a thread of its own, ahead of their time, because a prompt of 32,000 tokens takes
 * milliseconds that neither the pacer nor an event loop can spare. How far ahead is bounded in number and in bytes.
 */
final class RequestPreparation {
  private static final int MOST_REQUESTS = 4096;

  private final BlockingQueue<PreparedRequest> ready = new ArrayBlockingQueue<>(MOST_REQUESTS);
  private final BodyBudget budget = new BodyBudget();
  private final int planned;
  private final IntFunction<PlannedRequest> plan;
  private final Function<PlannedRequest, RequestBody> encode;
  private final Thread thread;
  private volatile boolean stopped;

  /**
   * Starts to prepare at once.
   *
   * @param planned number of requests
   * @param plan from position to request
   * @param encode from request to body; may throw
   */
  RequestPreparation(int planned, IntFunction<PlannedRequest> plan,
      Function<PlannedRequest, RequestBody> encode) {
    this.planned = planned;
    this.plan = plan;
    this.encode = encode;
    this.thread = Thread.ofPlatform().daemon().name("attain-preparation").start(this::prepareAll);
  }

  /** The next request in their order, or empty when it is not ready within {@code millis}. For one thread. */
  Optional<PreparedRequest> next(long millis) throws InterruptedException {
    PreparedRequest next = ready.poll(millis, TimeUnit.MILLISECONDS);
    if (next == null) {
      return Optional.empty();
    }
    budget.giveBack(next.size());
    return Optional.of(next);
  }

  /** Ends the thread; what is prepared is forgotten. */
  void stop() {
    stopped = true;
    thread.interrupt();
    ready.clear();
  }

  private void prepareAll() {
    try {
      for (int position = 0; position < planned && !stopped; position++) {
        PreparedRequest next = prepare(plan.apply(position));
        budget.take(next.size());
        ready.put(next);
      }
    } catch (InterruptedException e) {
      // Only stop() interrupts, and then nobody waits for more.
      ready.clear();
    }
  }

  private PreparedRequest prepare(PlannedRequest request) {
    try {
      return new PreparedRequest(request, Optional.of(encode.apply(request)), "");
    } catch (RuntimeException | OutOfMemoryError e) {
      return new PreparedRequest(request, Optional.empty(), "the request could not be prepared: " + e);
    }
  }
}
