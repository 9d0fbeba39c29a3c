package dev.attain.results;

import dev.attain.measurement.Latencies;
import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.Percentiles;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One stage of the time to first token of requests in two legs: its distribution over completed requests, in seconds.
 *
 * @param share part of the mean service TTFT that is spent here, 0 to 1; the shares of all stages add up to 1
 */
public record Stage(double mean, double p50, double p90, double p95, double p99, double p999, double max, long count,
    double share) {

  /** By name, in their order in time; none when no request went in two legs. */
  static Map<String, Stage> of(Latencies latencies) {
    // The stages of each request make up its service TTFT, so their means make up the mean of it.
    double whole = LatencyMetric.STAGES.stream().mapToDouble(stage -> distribution(latencies, stage).mean()).sum();
    var stages = new LinkedHashMap<String, Stage>();
    for (LatencyMetric stage : LatencyMetric.STAGES) {
      Percentiles it = distribution(latencies, stage);
      if (it.count() > 0) {
        stages.put(stage.jsonName(), new Stage(it.mean(), it.p50(), it.p90(), it.p95(), it.p99(), it.p999(), it.max(),
            it.count(), whole > 0 ? it.mean() / whole : 0));
      }
    }
    return stages;
  }

  private static Percentiles distribution(Latencies latencies, LatencyMetric stage) {
    return Percentiles.ofMicros(latencies.of(stage));
  }
}
