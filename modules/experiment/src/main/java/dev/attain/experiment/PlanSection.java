package dev.attain.experiment;

import java.util.List;
import java.util.Optional;

/** Reads {@code plan}. */
final class PlanSection {
  static final int MOST_DEPLOYMENTS = 1_000;
  private static final int MOST_GPUS = 1_024;
  private static final int LARGEST_SIZE = 64;
  private static final int LARGEST_BUDGET = 1_000_000;
  private static final int LEAST_REQUESTS = 100;
  private static final int MOST_REQUESTS = 1_000_000;
  private static final int LEAST_SEEDS = 2;
  private static final int MOST_SEEDS = 30;
  private static final double FINEST = 0.001;
  private static final double COARSEST = 0.25;

  private enum Use { ALL, AT_MOST }

  /**
   * What the section asks.
   *
   * @param grid empty when it lists no tensor-parallel sizes
   */
  record Asked(Optional<DeploymentGrid> grid, Planning.Search search) {}

  private PlanSection() {}

  static Asked read(Section section) {
    var colocated = section.section("colocated");
    var sizes = numbers(colocated, "tensor-parallel", LARGEST_SIZE);
    var budgets = numbers(colocated, "max-num-batched-tokens", LARGEST_BUDGET);
    if (sizes.isEmpty() && !budgets.isEmpty()) {
      colocated.problem("max-num-batched-tokens",
          "has no effect without colocated.tensor-parallel; write for example tensor-parallel = [1, 2]");
    }
    colocated.close();
    var disaggregated = section.section("disaggregated");
    var prefill = side(disaggregated, "prefill");
    var decode = side(disaggregated, "decode");
    checkSides(disaggregated, prefill, decode);
    disaggregated.close();
    boolean leaveIdle = section.get("use").choice(Use.class).orElse(Use.ALL) == Use.AT_MOST;
    var search = new Planning.Search(Numbers.whole(section.get("requests"), LEAST_REQUESTS, MOST_REQUESTS),
        Numbers.whole(section.get("seeds"), LEAST_SEEDS, MOST_SEEDS), resolution(section.get("resolution")));
    boolean wanted = !sizes.isEmpty() || !prefill.tensorParallel().isEmpty() || !decode.tensorParallel().isEmpty();
    var gpus = gpus(section, wanted);
    section.close();
    return new Asked(gpus.filter(number -> wanted)
        .map(number -> new DeploymentGrid(number, leaveIdle, sizes, budgets, prefill, decode)), search);
  }

  private static Optional<Integer> gpus(Section section, boolean wanted) {
    var gpus = wanted ? section.required("gpus", "8") : section.optional("gpus");
    if (!wanted && gpus.isPresent()) {
      section.problem("gpus", "has no effect without sizes of instances; write for example"
          + " colocated.tensor-parallel = [1, 2], or leave it out");
    }
    return gpus.map(setting -> Numbers.whole(setting, 1, MOST_GPUS));
  }

  private static DeploymentGrid.Side side(Section section, String role) {
    return new DeploymentGrid.Side(numbers(section, role + "-tensor-parallel", LARGEST_SIZE),
        numbers(section, role + "-max-num-batched-tokens", LARGEST_BUDGET));
  }

  private static void checkSides(Section section, DeploymentGrid.Side prefill, DeploymentGrid.Side decode) {
    for (var role : List.of("prefill", "decode")) {
      var side = role.equals("prefill") ? prefill : decode;
      var other = role.equals("prefill") ? decode : prefill;
      boolean named = !other.tensorParallel().isEmpty() || !side.budgets().isEmpty();
      if (side.tensorParallel().isEmpty() && named) {
        section.problem(role + "-tensor-parallel", "is missing; write for example " + role
            + "-tensor-parallel = [1, 2]");
      }
    }
  }

  private static List<Integer> numbers(Section section, String key, int most) {
    return section.get(key).elements().stream().map(each -> Numbers.whole(each, 1, most)).distinct().toList();
  }

  private static double resolution(Setting setting) {
    double share = Numbers.percent(setting, "2");
    if (share >= FINEST && share <= COARSEST) {
      return share;
    }
    setting.problem(setting.written() + " is not from 0.1 to 25 percent; write for example 2");
    return COARSEST;
  }
}
