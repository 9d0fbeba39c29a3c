package dev.attain.results;

import java.util.List;

/**
 * {@code server-metrics.json} of a point: the engines and their GPUs as they saw it themselves, sample by sample.
 * Component names are the names in the file.
 *
 * @param intervalSeconds between two samples; 0 when nobody looked. Of a very long point fewer are kept, evenly spaced.
 */
public record ServerMetricsFile(int schemaVersion, double intervalSeconds, List<InstanceSamples> instances,
    List<GpuSamples> gpus) {
  /** Copies the lists. */
  public ServerMetricsFile {
    instances = List.copyOf(instances);
    gpus = List.copyOf(gpus);
  }

  /** Of a point during which nobody looked at the engines. */
  public static ServerMetricsFile none() {
    return new ServerMetricsFile(PointSummary.SCHEMA_VERSION, 0, List.of(), List.of());
  }
}
