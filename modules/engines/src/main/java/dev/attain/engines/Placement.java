package dev.attain.engines;

import dev.attain.experiment.Engine;
import dev.attain.experiment.GpuUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which GPUs each instance gets. Pure.
 *
 * <p>
 * The instances of one machine are placed together, those with the most GPUs first. Each takes the free GPUs with the
 * most NVLinks among themselves, then those with the most links to instances placed already (keys and values travel
 * between them), then the lowest numbers.
 */
public final class Placement {
  /** Past this share of its memory a GPU works for somebody else; what a driver and a display take stays below. */
  private static final double BUSY_SHARE = 0.1;
  /** More GPUs than this in one machine are not searched for the best combination. */
  private static final int SEARCHED = 16;

  /** An instance with the number of GPUs it needs. */
  public record Demand(String instance, int gpus) {}

  private final GpuInventory inventory;
  private final GpuUse use;
  private final Map<Integer, Integer> taken = new HashMap<>();

  private Placement(GpuInventory inventory, GpuUse use) {
    this.inventory = inventory;
    this.use = use;
  }

  /**
   * GPU indices for each demand, in the order of the demands.
   *
   * @param engine of all of them
   * @throws PlacementException when they do not fit
   */
  public static Map<String, List<Integer>> of(List<Demand> demands, Engine.Installed engine, GpuInventory inventory)
      throws PlacementException {
    return new Placement(inventory, engine.launch().gpus()).place(demands, memoryShare(engine));
  }

  /** {@code 3 of 4 GPUs free, others in use: GPU 1 (...)}. */
  static String capacity(Engine.Installed engine, GpuInventory inventory) {
    Placement placement = new Placement(inventory, engine.launch().gpus());
    List<Gpu> allowed = inventory.gpus().stream().filter(placement::allowed).toList();
    String busy = placement.busy(memoryShare(engine));
    int shared = placement.use.instancesPerGpu();
    return "%d of %d GPUs free%s%s".formatted(
        allowed.stream().filter(gpu -> placement.free(gpu, memoryShare(engine))).count(), inventory.gpus().size(),
        shared == 1 ? "" : " for " + shared + " instances each", busy.isEmpty() ? "" : ", others in use: " + busy);
  }

  private String busy(double memoryShare) {
    return inventory.gpus().stream().filter(this::allowed).filter(gpu -> !free(gpu, memoryShare)).map(Gpu::describe)
        .collect(Collectors.joining(", "));
  }

  private Map<String, List<Integer>> place(List<Demand> demands, double memoryShare) throws PlacementException {
    requirePinnedExist();
    List<Gpu> usable = inventory.gpus().stream().filter(this::allowed).filter(gpu -> free(gpu, memoryShare)).toList();
    Map<String, List<Integer>> placed = new HashMap<>();
    for (Demand demand : demands.stream().sorted(Comparator.comparingInt(Demand::gpus).reversed()).toList()) {
      List<Integer> candidates = usable.stream().map(Gpu::index)
          .filter(index -> taken.getOrDefault(index, 0) < use.instancesPerGpu()).toList();
      if (candidates.size() < demand.gpus()) {
        throw new PlacementException(tooFew(demands, usable, memoryShare));
      }
      List<Integer> best = best(candidates, demand.gpus());
      best.forEach(index -> taken.merge(index, 1, Integer::sum));
      placed.put(demand.instance(), best);
    }
    Map<String, List<Integer>> inOrder = new LinkedHashMap<>();
    demands.forEach(demand -> inOrder.put(demand.instance(), placed.get(demand.instance())));
    return inOrder;
  }

  private void requirePinnedExist() throws PlacementException {
    List<Integer> known = inventory.gpus().stream().map(Gpu::index).toList();
    for (int index : use.indices()) {
      if (!known.contains(index)) {
        throw new PlacementException(
            "engine.gpus names GPU %d, and this node has GPUs %s; correct the list, or leave it out".formatted(index,
                known));
      }
    }
  }

  private boolean allowed(Gpu gpu) {
    return use.indices().isEmpty() || use.indices().contains(gpu.index());
  }

  private boolean free(Gpu gpu, double memoryShare) {
    return gpu.usedShare() <= Math.min(BUSY_SHARE, 1 - memoryShare * use.instancesPerGpu());
  }

  /** What one instance takes of a GPU; nobody said for engines other than vLLM. */
  private static double memoryShare(Engine.Installed engine) {
    return engine instanceof Engine.Vllm vllm ? vllm.gpuMemoryUtilization() : 0;
  }

  private List<Integer> best(List<Integer> candidates, int count) {
    List<List<Integer>> choices = new ArrayList<>();
    List<Integer> searched = candidates.subList(0, Math.min(candidates.size(), Math.max(SEARCHED, count)));
    combine(searched, count, 0, List.of(), choices);
    // The first of equals, which are in the order of their numbers.
    return choices.stream().min(Comparator.comparingInt(this::sharing)
        .thenComparing(Comparator.comparingInt(this::linksInside).reversed())
        .thenComparing(Comparator.comparingInt(this::linksToPlaced).reversed())).orElseThrow();
  }

  private static void combine(List<Integer> candidates, int count, int from, List<Integer> chosen,
      List<List<Integer>> choices) {
    if (chosen.size() == count) {
      choices.add(chosen);
      return;
    }
    for (int k = from; k <= candidates.size() - (count - chosen.size()); k++) {
      List<Integer> longer = new ArrayList<>(chosen);
      longer.add(candidates.get(k));
      combine(candidates, count, k + 1, longer, choices);
    }
  }

  private int sharing(List<Integer> choice) {
    return choice.stream().mapToInt(index -> taken.getOrDefault(index, 0)).sum();
  }

  private int linksInside(List<Integer> choice) {
    return (int) choice.stream()
        .flatMap(one -> choice.stream().filter(other -> one < other && inventory.linked(one, other))).count();
  }

  private int linksToPlaced(List<Integer> choice) {
    return (int) choice.stream()
        .flatMap(one -> taken.keySet().stream().filter(other -> inventory.linked(one, other))).count();
  }

  private String tooFew(List<Demand> demands, List<Gpu> usable, double memoryShare) {
    int needed = demands.stream().mapToInt(Demand::gpus).sum();
    String parts = demands.stream().map(demand -> demand.instance() + ": " + demand.gpus())
        .collect(Collectors.joining(", "));
    String busy = busy(memoryShare);
    String pinned = use.indices().isEmpty() ? "" : ", of which engine.gpus allows " + use.indices().size();
    String shared = use.instancesPerGpu() == 1 ? "" : " for " + use.instancesPerGpu() + " instances each";
    return "the instances need %d GPUs (%s), and this node has %d%s, %d of them free%s%s; %s".formatted(needed, parts,
        inventory.gpus().size(), pinned, usable.size(), shared, busy.isEmpty() ? "" : ", others in use: " + busy,
        busy.isEmpty()
            ? "take fewer instances or a smaller tensor-parallel, or add an engine node"
            : "stop what runs there, take fewer instances, or add an engine node");
  }
}
