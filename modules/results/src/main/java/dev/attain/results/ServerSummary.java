package dev.attain.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the engines saw of a point, in a few numbers; everything is empty when nobody looked or they do not tell.
 *
 * @param peakGpuMemoryMebibytes the most that any GPU of the deployment had in use
 * @param stages the engines' own times by role ({@code colocated}, {@code prefill}, {@code decode}) and name ({@code
 *     queueTime}, {@code prefillTime}, {@code decodeTime}, {@code ttft}, {@code itl}, {@code e2e}), all instances of the
 *     role together
 */
public record ServerSummary(List<InstanceLoad> instances, List<GpuLoad> gpus, OptionalDouble peakGpuMemoryMebibytes,
    Map<String, Map<String, ServerStage>> stages) {
  /** Copies the collections. */
  public ServerSummary {
    instances = List.copyOf(instances);
    gpus = List.copyOf(gpus);
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
  }

  /** @param seconds the measured time */
  static ServerSummary of(ServerMeasurement measured, double seconds) {
    List<GpuLoad> gpus = measured.samples().gpus().stream().map(gpu -> GpuLoad.of(gpu, seconds)).toList();
    return new ServerSummary(
        measured.samples().instances().stream().map(instance -> InstanceLoad.of(instance, seconds)).toList(), gpus,
        gpus.stream().map(GpuLoad::memoryMaxMebibytes).flatMapToDouble(OptionalDouble::stream).max(),
        measured.stages());
  }
}
