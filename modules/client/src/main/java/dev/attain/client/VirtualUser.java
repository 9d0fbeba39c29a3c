package dev.attain.client;

import java.util.concurrent.atomic.AtomicReference;

/**
 * One user of a closed loop, who has one request at a time. Belongs to one event loop; only the body made ahead comes
 * from another thread.
 */
final class VirtualUser implements Runnable {
  /** What the next request of a user says, made before they are ready for it. */
  record Ahead(int index, RequestBody body) {}

  private final ClosedLoop run;
  private final Lane lane;
  private final AtomicReference<Ahead> ahead = new AtomicReference<>();
  /** Of the request under way, or else of the next one. */
  private int index;
  private long readyNanos = Long.MIN_VALUE;
  private boolean busy;
  private boolean gone;

  /** @param number of the user, which is also the index of their first request */
  VirtualUser(ClosedLoop run, Lane lane, int number) {
    this.run = run;
    this.lane = lane;
    this.index = number;
  }

  /** On the loop: the user is ready for the next request, having started or thought. */
  @Override
  public void run() {
    if (!gone) {
      run.ready(this);
    }
  }

  Lane lane() {
    return lane;
  }

  int index() {
    return index;
  }

  /** Whether a request of this user is open. */
  boolean busy() {
    return busy;
  }

  boolean gone() {
    return gone;
  }

  /** When the user became ready, from the start of the point; a user who has just come is ready {@code now}. */
  long readyNanos(long now) {
    return readyNanos == Long.MIN_VALUE ? now : readyNanos;
  }

  void begins() {
    busy = true;
  }

  /** The request has ended; the user will be ready for request {@code next} at this instant. */
  void ended(int next, long nextReadyNanos) {
    busy = false;
    index = next;
    readyNanos = nextReadyNanos;
  }

  void goes() {
    gone = true;
  }

  /** From any thread; what was there before. */
  Ahead swapAhead(Ahead made) {
    return ahead.getAndSet(made);
  }
}
