package dev.attain.simulator;

import io.netty.channel.EventLoop;
import java.util.Arrays;

/**
 * The tokens of one step whose connections share an event loop: one task for the loop, however many tokens.
 *
 * <p>
 * Filled by the step thread, then handed over once; each connection gets one write and one flush.
 */
final class TokenBatch implements Runnable {

  private final EventLoop loop;
  private final EngineMetrics metrics;
  private LiveRequest[] requests;
  private int size;
  private long dueNanos;

  TokenBatch(EventLoop loop, EngineMetrics metrics, int capacity) {
    this.loop = loop;
    this.metrics = metrics;
    this.requests = new LiveRequest[Math.max(16, capacity)];
  }

  EventLoop loop() {
    return loop;
  }

  void add(LiveRequest request) {
    if (size == requests.length) {
      requests = Arrays.copyOf(requests, size * 2);
    }
    requests[size++] = request;
  }

  /** Gives the batch to its loop and returns an empty one to fill next. */
  TokenBatch send(long due) {
    if (size == 0) {
      return this;
    }
    dueNanos = due;
    loop.execute(this);
    return new TokenBatch(loop, metrics, size);
  }

  @Override
  public void run() {
    for (int i = 0; i < size; i++) {
      requests[i].writeToken(dueNanos);
      metrics.lateness.record(EngineMetrics.seconds(System.nanoTime() - dueNanos));
    }
  }
}
