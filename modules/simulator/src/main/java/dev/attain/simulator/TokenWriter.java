package dev.attain.simulator;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Writes the tokens of one event loop's connections, none before its deadline.
 *
 * <p>
 * The loop does not wake for each token: what became due is written together, after which it rests for a while even if
 * the next token is due earlier. A token that comes alone is written when it is due. A step's tokens come as one task,
 * and each connection gets one write and one flush for a token.
 *
 * <p>
 * Threads: the step thread fills and sends, everything else belongs to the loop.
 */
final class TokenWriter implements Runnable {

  /** How much later than its deadline a token may be so that others are written with it. */
  private static final long REST_NANOS = 200_000;

  private final EventLoop loop;
  private final EngineMetrics metrics;
  private final Queue<TokenBatch> waiting = new ArrayDeque<>();
  private TokenBatch filling = new TokenBatch(0);
  private long restsUntilNanos = Long.MIN_VALUE;

  TokenWriter(EventLoop loop, EngineMetrics metrics) {
    this.loop = loop;
    this.metrics = metrics;
  }

  EventLoop loop() {
    return loop;
  }

  /** A token of the present step; deadlines never go back. */
  void add(LiveRequest request, long dueNanos) {
    filling.add(request, dueNanos);
  }

  /** Hands the tokens of the present step to the loop. */
  void send() {
    if (filling.done()) {
      return;
    }
    TokenBatch filled = filling;
    filling = new TokenBatch(filled.size());
    loop.execute(() -> take(filled));
  }

  private void take(TokenBatch batch) {
    boolean awake = waiting.isEmpty();
    waiting.add(batch);
    if (awake) {
      run();
    }
  }

  /** Writes what is due and comes back for the rest. */
  @Override
  public void run() {
    long now = System.nanoTime();
    boolean wrote = false;
    for (TokenBatch batch = waiting.peek(); batch != null; batch = waiting.peek()) {
      while (!batch.done()) {
        long due = batch.nextNanos();
        if (due > now) {
          restsUntilNanos = wrote ? now + REST_NANOS : restsUntilNanos;
          loop.schedule(this, Math.max(due, restsUntilNanos) - now, TimeUnit.NANOSECONDS);
          return;
        }
        wrote = true;
        batch.writeNext();
        now = System.nanoTime();
        metrics.lateness.record(EngineMetrics.seconds(now - due));
      }
      waiting.remove();
    }
  }
}
