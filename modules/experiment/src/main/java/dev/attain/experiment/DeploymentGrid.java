package dev.attain.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All ways to divide GPUs among instances that a plan asks for.
 *
 * @param gpus of each deployment
 * @param leaveIdle whether deployments that use only some of the GPUs count too
 * @param colocatedTensorParallel sizes of colocated instances; empty for none
 * @param colocatedBudgets token budgets of a step; empty for the engine's own
 * @param prefill sizes and budgets of prefill instances, likewise; without sizes nothing is disaggregated
 * @param decode likewise
 */
record DeploymentGrid(int gpus, boolean leaveIdle, List<Integer> colocatedTensorParallel,
    List<Integer> colocatedBudgets, Side prefill, Side decode) {
  private static final String BUDGET = "max-num-batched-tokens";

  /** One side of the disaggregated deployments. */
  record Side(List<Integer> tensorParallel, List<Integer> budgets) {}

  /**
   * The deployments, colocated ones first, each kind by size, at most {@code limit} of them: the splits of xPyD whose
   * instances take all GPUs, or, where GPUs may stay idle, no more than there are.
   */
  List<Deployment> deployments(Engine.Simulator engine, int limit) {
    var deployments = new ArrayList<Deployment>();
    for (int size : colocatedTensorParallel) {
      for (int replicas = leaveIdle ? 1 : gpus / size; replicas <= gpus / size; replicas++) {
        if (replicas > 0 && (leaveIdle || replicas * size == gpus)) {
          addColocated(deployments, engine, replicas, size);
        }
      }
    }
    for (int prefillSize : prefill.tensorParallel) {
      for (int decodeSize : decode.tensorParallel) {
        for (int prefills = 1; prefills * prefillSize < gpus && deployments.size() < limit; prefills++) {
          addSplits(deployments, engine, new Group(prefills, prefillSize), decodeSize);
        }
      }
    }
    return List.copyOf(deployments.subList(0, Math.min(limit, deployments.size())));
  }

  /** Equal instances of one role. */
  private record Group(int instances, int size) {}

  private void addSplits(List<Deployment> deployments, Engine.Simulator engine, Group prefills, int decodeSize) {
    int left = gpus - prefills.instances * prefills.size;
    int most = left / decodeSize;
    for (int decodes = leaveIdle ? 1 : most; decodes <= most; decodes++) {
      if (decodes > 0 && (leaveIdle || decodes * decodeSize == left)) {
        for (var prefillBudget : orEngines(prefill.budgets)) {
          for (var decodeBudget : orEngines(decode.budgets)) {
            deployments.add(disaggregated(engine, prefills, prefillBudget, new Group(decodes, decodeSize),
                decodeBudget));
          }
        }
      }
    }
  }

  private void addColocated(List<Deployment> deployments, Engine.Simulator engine, int replicas, int size) {
    for (var budget : orEngines(colocatedBudgets)) {
      var name = replicas + "x-tp" + size + budget.map(tokens -> "-b" + tokens).orElse("");
      deployments.add(new Deployment.Colocated(name, withBudget(engine, budget), replicas, size, Map.of(),
          Optional.empty()));
    }
  }

  private static Deployment disaggregated(Engine.Simulator engine, Group prefills, Optional<Integer> prefillBudget,
      Group decodes, Optional<Integer> decodeBudget) {
    var sizes = prefills.size == decodes.size ? "-tp" + prefills.size : "-tp" + prefills.size + "-tp" + decodes.size;
    var budgets = prefillBudget.map(tokens -> "-pb" + tokens).orElse("")
        + decodeBudget.map(tokens -> "-db" + tokens).orElse("");
    return new Deployment.Disaggregated(prefills.instances + "p" + decodes.instances + "d" + sizes + budgets, engine,
        role(prefills, prefillBudget), role(decodes, decodeBudget),
        Optional.empty());
  }

  private static Deployment.Role role(Group group, Optional<Integer> budget) {
    var arguments = budget.map(tokens -> List.of("--" + BUDGET + "=" + tokens)).orElse(List.of());
    return new Deployment.Role(group.instances, group.size, arguments, Map.of(), Optional.empty());
  }

  private static Engine.Simulator withBudget(Engine.Simulator engine, Optional<Integer> budget) {
    if (budget.isEmpty()) {
      return engine;
    }
    var options = new TreeMap<>(engine.options());
    options.put(BUDGET, budget.get().toString());
    return new Engine.Simulator(engine.gpu(), engine.model(), new LinkedHashMap<>(options), engine.extraArguments());
  }

  private static List<Optional<Integer>> orEngines(List<Integer> budgets) {
    return budgets.isEmpty() ? List.of(Optional.empty()) : budgets.stream().map(Optional::of).toList();
  }
}
