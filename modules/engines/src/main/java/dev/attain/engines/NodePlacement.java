package dev.attain.engines;

import dev.attain.experiment.Engine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Places instances on the GPUs that this machine has at the moment. */
public final class NodePlacement {
  private static final Duration POLL = Duration.ofMillis(500);

  private NodePlacement() {}

  /**
   * GPU indices by instance; empty on a machine without {@code nvidia-smi}, where engines run on what there is. Blocks.
   *
   * @param patience how long to wait for GPUs that are in use: an engine that has just ended gives its memory back late
   * @throws PlacementException when the instances do not fit then
   * @throws IOException when nvidia-smi fails
   */
  public static Map<String, List<Integer>> of(List<Placement.Demand> demands, Engine.Installed engine,
      Duration patience) throws PlacementException, IOException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      Optional<GpuInventory> inventory = NvidiaSmi.inventory();
      if (inventory.isEmpty()) {
        return Map.of();
      }
      try {
        return Placement.of(demands, engine, inventory.get());
      } catch (PlacementException e) {
        boolean mayPass = inventory.get().gpus().stream().anyMatch(gpu -> gpu.usedShare() > 0.02);
        if (!mayPass || System.nanoTime() - start > patience.toNanos()) {
          throw e;
        }
        Thread.sleep(POLL.toMillis());
      }
    }
  }
}
