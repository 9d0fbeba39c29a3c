package dev.attain.simulator;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.TreeSet;

/**
 * Requests on their way through the front end. Its event loop works on all of them at once: reading n prompts of a burst
 * takes each of them n times as long, because each gives way to the others many times before it is done.
 *
 * <p>
 * Requests may be announced ahead of their time and in any order. One from before the last that was taken counts from
 * then on. Not thread-safe.
 *
 * @param <J>
 *          a request
 */
final class FrontEndQueue<J> {

  private final FrontEndCost cost;
  private final TreeSet<Job<J>> announced = new TreeSet<>(
      Comparator.<Job<J>>comparingLong(Job::startNanos).thenComparingLong(Job::number));
  private final PriorityQueue<Work<J>> running = new PriorityQueue<>(
      Comparator.<Work<J>>comparingDouble(Work::doneAt).thenComparingLong(work -> work.job().number()));
  private long nowNanos = Long.MIN_VALUE;
  /** Work that a request has had which has been there all the time, in nanoseconds. */
  private double progress;
  private long jobs;

  private record Job<J>(long startNanos, long number, double workNanos, J what) {}

  /** @param doneAt the progress at which it is done */
  private record Work<J>(double doneAt, Job<J> job) {}

  FrontEndQueue(FrontEndCost cost) {
    this.cost = cost;
  }

  /** The body of a request is complete at that instant. */
  void add(long receivedNanos, int promptTokens, J what) {
    announced.add(new Job<>(receivedNanos, jobs++, cost.loopNanos(promptTokens), what));
  }

  /**
   * When the next request reaches the scheduler, {@link EngineCore#NEVER} when none is under way; one that is still to
   * come may make it later.
   */
  long nextNanos() {
    long now = nowNanos;
    double had = progress;
    int sharers = running.size();
    double done = sharers == 0 ? Double.POSITIVE_INFINITY : running.peek().doneAt();
    for (Job<J> job : announced) {
      if (sharers > 0 && job.startNanos() >= end(now, had, done, sharers)) {
        break;
      }
      long start = Math.max(now, job.startNanos());
      had += sharers == 0 ? 0 : (double) (start - now) / sharers;
      now = start;
      done = Math.min(done, had + job.workNanos());
      sharers++;
    }
    return sharers == 0 ? EngineCore.NEVER : end(now, had, done, sharers) + cost.restNanos();
  }

  /** Takes out the request that reaches the scheduler at {@link #nextNanos}. */
  J take() {
    while (!announced.isEmpty() && (running.isEmpty() || announced.first().startNanos() < end())) {
      begin(announced.pollFirst());
    }
    nowNanos = end();
    Work<J> first = running.remove();
    progress = first.doneAt();
    return first.job().what();
  }

  private void begin(Job<J> job) {
    long start = Math.max(nowNanos, job.startNanos());
    progress += running.isEmpty() ? 0 : (double) (start - nowNanos) / running.size();
    nowNanos = start;
    running.add(new Work<>(progress + job.workNanos(), job));
  }

  private long end() {
    return end(nowNanos, progress, running.peek().doneAt(), running.size());
  }

  private static long end(long nowNanos, double progress, double doneAt, int sharers) {
    return nowNanos + Math.round((doneAt - progress) * sharers);
  }
}
