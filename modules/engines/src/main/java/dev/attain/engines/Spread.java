package dev.attain.engines;

import dev.attain.experiment.Engine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which engine node each instance goes to. Pure.
 *
 * <p>
 * Instances that need GPUs go to the first node that still has them, those that are bound to a node and those with the
 * most GPUs before the others; nodes without GPUs are left out as soon as one node has some. Without GPUs anywhere, and
 * for the simulator, instances go to the nodes in turn.
 */
public final class Spread {
  /**
   * An engine node.
   *
   * @param name unique
   * @param calls what a configuration may call it: host name, address, address with port
   * @param inventory empty when it has no GPUs to choose from
   */
  public record Node(String name, Set<String> calls, Optional<GpuInventory> inventory) {
    public Node {
      calls = Set.copyOf(calls);
    }

    private boolean hasGpus() {
      return inventory.filter(gpus -> !gpus.gpus().isEmpty()).isPresent();
    }
  }

  /**
   * An instance to be placed.
   *
   * @param node what the configuration calls the node it is bound to; empty: any
   */
  public record Instance(String id, int gpus, Optional<String> node) {
    Placement.Demand demand() {
      return new Placement.Demand(id, gpus);
    }
  }

  private final List<Instance> instances;
  private final Engine engine;
  private final List<Node> nodes;

  private Spread(List<Instance> instances, Engine engine, List<Node> nodes) {
    this.instances = instances;
    this.engine = engine;
    this.nodes = nodes;
  }

  /**
   * Names of nodes by instance, in the order of the instances.
   *
   * @param engine of all of them
   * @param nodes in the order in which they are filled, at least one
   * @throws PlacementException when they do not fit
   */
  public static Map<String, String> of(List<Instance> instances, Engine engine, List<Node> nodes)
      throws PlacementException {
    return new Spread(instances, engine, nodes).place();
  }

  private Map<String, String> place() throws PlacementException {
    for (Instance instance : instances) {
      requireNode(instance);
    }
    Map<String, String> placed = engine instanceof Engine.Installed installed && nodes.stream().anyMatch(Node::hasGpus)
        ? byCapacity(installed)
        : inTurn();
    Map<String, String> inOrder = new LinkedHashMap<>();
    instances.forEach(instance -> inOrder.put(instance.id(), placed.get(instance.id())));
    return inOrder;
  }

  private void requireNode(Instance instance) throws PlacementException {
    if (candidates(instance).isEmpty()) {
      throw new PlacementException(
          "%s is bound to the engine node %s, and there are only %s; start it there, or correct"
              .formatted(instance.id(), instance.node().orElseThrow(), names(nodes)) + " the node of the deployment");
    }
  }

  private List<Node> candidates(Instance instance) {
    return instance.node().map(call -> nodes.stream().filter(node -> node.calls().contains(call)).toList())
        .orElse(nodes);
  }

  private Map<String, String> inTurn() {
    Map<String, String> placed = new HashMap<>();
    int turn = 0;
    for (Instance instance : instances) {
      List<Node> candidates = candidates(instance);
      placed.put(instance.id(), candidates.get(turn++ % candidates.size()).name());
    }
    return placed;
  }

  private Map<String, String> byCapacity(Engine.Installed installed) throws PlacementException {
    if (nodes.size() == 1) {
      // The sentence of a single node has all the detail.
      Placement.of(instances.stream().map(Instance::demand).toList(), installed,
          nodes.getFirst().inventory().orElseThrow());
    }
    Map<String, List<Placement.Demand>> taken = new HashMap<>();
    Map<String, String> placed = new HashMap<>();
    for (Instance instance : hardestFirst()) {
      Node node = candidates(instance).stream().filter(Node::hasGpus)
          .filter(each -> fits(plus(taken.get(each.name()), instance), installed, each)).findFirst()
          .orElseThrow(() -> new PlacementException(tooFew(instance, installed)));
      taken.put(node.name(), plus(taken.get(node.name()), instance));
      placed.put(instance.id(), node.name());
    }
    return placed;
  }

  private List<Instance> hardestFirst() {
    return instances.stream().sorted(Comparator.comparing((Instance instance) -> instance.node().isEmpty())
        .thenComparing(Comparator.comparingInt(Instance::gpus).reversed())).toList();
  }

  private static List<Placement.Demand> plus(List<Placement.Demand> demands, Instance instance) {
    List<Placement.Demand> more = new ArrayList<>(demands == null ? List.of() : demands);
    more.add(instance.demand());
    return more;
  }

  private static boolean fits(List<Placement.Demand> demands, Engine.Installed engine, Node node) {
    try {
      Placement.of(demands, engine, node.inventory().orElseThrow());
      return true;
    } catch (PlacementException tooMuch) {
      return false;
    }
  }

  private String tooFew(Instance first, Engine.Installed installed) {
    int needed = instances.stream().mapToInt(Instance::gpus).sum();
    String parts = instances.stream().map(instance -> instance.id() + ": " + instance.gpus())
        .collect(Collectors.joining(", "));
    String there = candidates(first).stream().map(node -> node.name() + ": " + capacity(node, installed))
        .collect(Collectors.joining(", "));
    String bound = first.node().map(call -> " on the engine node " + call).orElse("");
    return ("the instances need %d GPUs (%s), and there is no place for %s, which takes %d of one node%s (%s); take fewer"
        + " instances or a smaller tensor-parallel, or start another engine node").formatted(needed, parts, first.id(),
            first.gpus(), bound, there);
  }

  private static String capacity(Node node, Engine.Installed engine) {
    return node.inventory().map(inventory -> Placement.capacity(engine, inventory)).orElse("no GPUs");
  }

  private static String names(List<Node> nodes) {
    return nodes.stream().map(Node::name).collect(Collectors.joining(", "));
  }
}
