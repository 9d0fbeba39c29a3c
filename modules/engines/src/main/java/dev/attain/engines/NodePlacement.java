package dev.attain.engines;

import dev.attain.experiment.Engine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where instances go on this machine.
 *
 * @param gpus indices by instance, empty where there are no GPUs to choose from
 * @param inventory what the machine had when they were chosen; empty without {@code nvidia-smi}
 */
public record NodePlacement(Map<String, List<Integer>> gpus, List<Gpu> inventory) {
  /** Of engines that need no GPUs. */
  public static final NodePlacement NONE = new NodePlacement(Map.of(), List.of());

  private static final Duration POLL = Duration.ofMillis(500);

  public NodePlacement {
    gpus = Map.copyOf(gpus);
    inventory = List.copyOf(inventory);
  }

  /** The GPUs of an instance as they were before it was started; none of those that nobody chose. */
  public List<Gpu> gpusOf(String instance) {
    List<Integer> chosen = gpus.getOrDefault(instance, List.of());
    return inventory.stream().filter(gpu -> chosen.contains(gpu.index())).toList();
  }

  /**
   * Places instances on the GPUs that this machine has at the moment; on none without {@code nvidia-smi}, where engines
   * run on what there is. Blocks.
   *
   * @param patience how long to wait for GPUs that are in use: an engine that has just ended gives its memory back late
   * @throws PlacementException when the instances do not fit then
   * @throws IOException when nvidia-smi fails
   */
  public static NodePlacement of(List<Placement.Demand> demands, Engine.Installed engine,
      Duration patience) throws PlacementException, IOException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      Optional<GpuInventory> inventory = NvidiaSmi.inventory();
      if (inventory.isEmpty()) {
        return NONE;
      }
      try {
        return new NodePlacement(Placement.of(demands, engine, inventory.get()), inventory.get().gpus());
      } catch (PlacementException e) {
        boolean mayPass = inventory.get().gpus().stream().anyMatch(Gpu::inUse);
        if (!mayPass || System.nanoTime() - start > patience.toNanos()) {
          throw e;
        }
        Thread.sleep(POLL.toMillis());
      }
    }
  }
}
