package dev.attain.results;

import java.util.List;

/**
 * One GPU during a point.
 *
 * @param node the engine node it belongs to
 * @param gpu its number there, as nvidia-smi counts
 * @param instance the instances that run on it, separated by {@code ", "}
 */
public record GpuSamples(String node, int gpu, String instance, List<GpuSample> samples) {
  /** Copies the list. */
  public GpuSamples {
    samples = List.copyOf(samples);
  }
}
