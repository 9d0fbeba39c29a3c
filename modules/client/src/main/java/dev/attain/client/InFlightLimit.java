package dev.attain.client;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * How many requests of a node may be in flight, and those that wait for their turn, in the order in which they were due.
 * One for all loops of a node, not a part for each: nobody waits on one loop while another has room. Safe for any
 * thread; nothing is done under the lock but counting.
 */
final class InFlightLimit {
  /** What becomes of a request that is due. */
  enum Answer {
    /** It has a place. */
    MAY_LEAVE,
    /** It is given out by {@link #next} when it is its turn. */
    WAITS,
    /** So many wait that it cannot even wait yet. */
    FULL,
    /** Nobody may leave any more. */
    CLOSED
  }

  private static final int MOST_WAITING = 4096;
  private static final int SHARE_OF_HEAP = 8;

  private final ArrayDeque<PreparedRequest> waiting = new ArrayDeque<>();
  private final long mostBytes = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
  private long waitingBytes;
  private int free;
  private boolean closed;

  /** @param places at least 1 */
  InFlightLimit(int places) {
    this.free = places;
  }

  synchronized Answer admit(PreparedRequest request) {
    if (closed) {
      return Answer.CLOSED;
    }
    if (free > 0) {
      free--;
      return Answer.MAY_LEAVE;
    }
    // A single huge body must still fit.
    if (waiting.size() >= MOST_WAITING || (!waiting.isEmpty() && waitingBytes + request.size() > mostBytes)) {
      return Answer.FULL;
    }
    waiting.add(request);
    waitingBytes += request.size();
    return Answer.WAITS;
  }

  /** A request has ended: the one that takes its place; empty when nobody waits, and then the place is free. */
  synchronized Optional<PreparedRequest> next() {
    PreparedRequest next = waiting.poll();
    if (next == null) {
      free++;
      return Optional.empty();
    }
    waitingBytes -= next.size();
    return Optional.of(next);
  }

  /** Admits nobody from now on; those who waited. */
  synchronized List<PreparedRequest> close() {
    closed = true;
    List<PreparedRequest> left = List.copyOf(waiting);
    waiting.clear();
    waitingBytes = 0;
    return left;
  }
}
