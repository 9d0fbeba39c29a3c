package dev.attain.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does many things at a time and gives their results in the order of the things.
 *
 * @param threads at least 1
 */
record ParallelWork(int threads, PlanProgress progress) {

  /** @throws InterruptedException when the calling thread is interrupted; what has not begun never does */
  <T> List<T> all(String what, List<Callable<T>> things) throws InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(threads, ParallelWork::daemon);
    try {
      var counted = new Counted(what, things.size());
      var futures = new ArrayList<Future<T>>();
      things.forEach(thing -> futures.add(executor.submit(() -> {
        T result = thing.call();
        counted.oneMore();
        return result;
      })));
      var results = new ArrayList<T>();
      for (var future : futures) {
        results.add(result(future));
      }
      return List.copyOf(results);
    } finally {
      executor.shutdownNow();
    }
  }

  private static <T> T result(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a simulated run failed: " + e.getCause(), e.getCause());
    }
  }

  /** Whoever ends the program does not wait for them. */
  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "planner");
    thread.setDaemon(true);
    return thread;
  }

  private final class Counted {
    private final String what;
    private final int total;
    private int done;

    Counted(String what, int total) {
      this.what = what;
      this.total = total;
    }

    synchronized void oneMore() {
      done++;
      progress.done(what, done, total);
    }
  }
}
