package dev.attain.selftest;

import dev.attain.client.LoadClient;
import dev.attain.client.LoadRun;
import dev.attain.client.PlannedArrivals;
import dev.attain.measurement.Slo;
import dev.attain.schedule.ArrivalProcess;
import dev.attain.schedule.ArrivalSchedule;
import dev.attain.schedule.Extent;
import dev.attain.workload.LengthDistribution;
import dev.attain.workload.ModelLimits;
import dev.attain.workload.PromptForm;
import dev.attain.workload.ShapeSource;
import dev.attain.workload.Workload;
import java.util.stream.IntStream;

/**
 * Requests that are all alike, as one load node would send them alone.
 *
 * @param requestsPerSecond mean rate of arrivals
 * @param seed of arrivals and prompts
 * @param promptTokens of each request
 * @param outputTokens of each answer
 */
public record FixedLoad(ArrivalProcess arrivals, double requestsPerSecond, Extent extent, long seed, int promptTokens,
    int outputTokens) {
  private static final ModelLimits LIMITS = new ModelLimits(1_000_000, 32_000);

  /** Ready to be started. */
  public LoadRun prepare(LoadClient client, Slo slo) {
    ArrivalSchedule schedule = ArrivalSchedule.plan(arrivals, seed, requestsPerSecond, extent);
    var planned = new PlannedArrivals(IntStream.range(0, schedule.size()).toArray(),
        IntStream.range(0, schedule.size()).mapToLong(schedule::intendedNanos).toArray());
    return client.prepare(planned, workload(promptTokens, outputTokens, seed), "load-" + seed, slo);
  }

  /** Prompts of token ids, drawn with the seed. */
  public static Workload workload(int promptTokens, int outputTokens, long seed) {
    return Workload.of(new ShapeSource.Independent(new LengthDistribution.Fixed(promptTokens),
        new LengthDistribution.Fixed(outputTokens)), PromptForm.TOKEN_IDS, LIMITS, seed);
  }
}
