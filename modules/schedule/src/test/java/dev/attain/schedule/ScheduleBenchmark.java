package dev.attain.schedule;

import dev.attain.schedule.ArrivalProcess.Constant;
import dev.attain.schedule.ArrivalProcess.Gamma;
import dev.attain.schedule.ArrivalProcess.Poisson;
import dev.attain.schedule.Extent.Requests;
import java.util.List;

/**
 * Prints how long a million arrivals take to plan and hash on one thread: the first time in this JVM, and the best of
 * ten more.
 */
public final class ScheduleBenchmark {
  private static final int ARRIVALS = 1_000_000;

  private ScheduleBenchmark() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    for (ArrivalProcess process : List.of(new Poisson(), new Gamma(0.25), new Gamma(4), new Constant())) {
      double first = millis(process);
      double best = first;
      for (int round = 0; round < 10; round++) {
        best = Math.min(best, millis(process));
      }
      System.out.printf("%-24s first %6.1f ms, best %6.1f ms%n", process, first, best);
    }
  }

  private static double millis(ArrivalProcess process) {
    long start = System.nanoTime();
    ArrivalSchedule schedule = ArrivalSchedule.plan(process, 1, 100, new Requests(ARRIVALS));
    long nanos = System.nanoTime() - start;
    if (schedule.hash().isEmpty()) {
      throw new IllegalStateException("a schedule has a hash");
    }
    return nanos / 1e6;
  }
}
