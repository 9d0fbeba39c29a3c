package dev.attain.statistics;

import java.util.SplittableRandom;

/** One server with a first-come queue in virtual time: outcomes of neighbours resemble each other, as those of engines. */
final class QueueOfRequests {
  private QueueOfRequests() {}

  /**
   * How long each request was in the system, in mean service times; arrivals depend on the first seed alone.
   *
   * @param noise share of the service time that is the system's own chance and not the request's
   */
  static double[] latencies(int requests, double utilization, double noise, long arrivals, long services) {
    var gaps = new SplittableRandom(arrivals);
    var work = new SplittableRandom(services);
    double[] latencies = new double[requests];
    double wait = 0;
    for (int request = 0; request < requests; request++) {
      double service = (1 - noise) * exponential(gaps) + noise * exponential(work);
      latencies[request] = wait + service;
      wait = Math.max(0, latencies[request] - exponential(gaps) / utilization);
    }
    return latencies;
  }

  static boolean[] within(double[] latencies, double objective) {
    boolean[] met = new boolean[latencies.length];
    for (int request = 0; request < met.length; request++) {
      met[request] = latencies[request] <= objective;
    }
    return met;
  }

  private static double exponential(SplittableRandom random) {
    return -Math.log(1 - random.nextDouble());
  }
}
