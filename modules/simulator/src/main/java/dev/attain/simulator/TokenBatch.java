package dev.attain.simulator;

import java.util.Arrays;

/**
 * The tokens of one step whose connections share an event loop, in the order of their deadlines. Filled by the step
 * thread, then emptied by the loop.
 */
final class TokenBatch {

  private LiveRequest[] requests;
  private long[] dueNanos;
  private int size;
  private int written;

  TokenBatch(int capacity) {
    this.requests = new LiveRequest[Math.max(16, capacity)];
    this.dueNanos = new long[requests.length];
  }

  void add(LiveRequest request, long due) {
    if (size == requests.length) {
      requests = Arrays.copyOf(requests, size * 2);
      dueNanos = Arrays.copyOf(dueNanos, size * 2);
    }
    requests[size] = request;
    dueNanos[size++] = due;
  }

  int size() {
    return size;
  }

  /** Whether all of its tokens were written. */
  boolean done() {
    return written == size;
  }

  /** Deadline of the first token that was not written yet. */
  long nextNanos() {
    return dueNanos[written];
  }

  /** Writes that token. */
  void writeNext() {
    int next = written++;
    requests[next].writeToken(dueNanos[next]);
  }
}
