package dev.attain.experiment;

import java.util.List;

/**
 * Which GPUs of a node instances may take.
 *
 * @param indices in the numbering of {@code nvidia-smi}; empty: all
 * @param instancesPerGpu how many instances may share one GPU, at least 1
 */
public record GpuUse(List<Integer> indices, int instancesPerGpu) {
  /** Any GPU, and each for one instance alone. */
  public static final GpuUse EXCLUSIVE = new GpuUse(List.of(), 1);

  public GpuUse {
    indices = List.copyOf(indices);
  }
}
