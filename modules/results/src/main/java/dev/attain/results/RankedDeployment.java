package dev.attain.results;

import java.util.List;

/**
 * What a plan found about one deployment.
 *
 * @param rank from 1
 * @param maxRate highest rate, in requests per second, at which the target share meets both objectives
 * @param maxRatePerGpu the same for each GPU
 * @param maxRates the highest rate of each seed; 0 where every rate misses
 * @param likeTheBest whether its interval overlaps that of rank 1, so that the two cannot be told apart
 * @param binding the objective that more requests miss just above the highest rate: {@code TTFT} or {@code TPOT}; empty
 *     when no rate was found that misses
 * @param ttft at the highest rate, of all seeds together; seconds
 * @param tpot likewise
 * @param instances as they would be started
 * @param notes what a reader should know before believing the figures; a sentence each
 */
public record RankedDeployment(int rank, DeploymentFacts deployment, RateEstimate maxRate, RateEstimate maxRatePerGpu,
    List<Double> maxRates, boolean likeTheBest, String binding, LatencyQuantiles ttft, LatencyQuantiles tpot,
    List<PlannedInstances> instances, List<String> notes) {

  /** Copies the lists. */
  public RankedDeployment {
    maxRates = List.copyOf(maxRates);
    instances = List.copyOf(instances);
    notes = List.copyOf(notes);
  }

  /** The same at another place of the ranking. */
  public RankedDeployment at(int place, boolean likeFirst) {
    return new RankedDeployment(place, deployment, maxRate, maxRatePerGpu, maxRates, likeFirst, binding, ttft, tpot,
        instances, notes);
  }

  /** Mean of the seeds with its 95 % interval; requests per second. */
  public record RateEstimate(double mean, double low, double high) {}

  /** Seconds, of completed requests; 0 when there are none. */
  public record LatencyQuantiles(double p50, double p90, double p99) {}

  /** Equal instances: their role, and the flags of the simulated engine, most of which are vLLM's. */
  public record PlannedInstances(String role, int count, List<String> flags) {
    /** Copies the flags. */
    public PlannedInstances {
      flags = List.copyOf(flags);
    }
  }
}
