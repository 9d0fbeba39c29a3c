package dev.attain.engines;

import dev.attain.experiment.Deployment;
import dev.attain.experiment.Engine;
import dev.attain.experiment.ModelShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What must hold of a deployment before it is worth starting. Prefill and decode instances of vLLM that do not match
 * start, say that they are well, and fail at the first request that needs both. Pure.
 */
public final class DeploymentRules {
  /** Both sides put these into the hash by which they recognise each other. */
  private static final List<String> EQUAL_ON_BOTH_SIDES = List.of("model", "dtype", "kv-cache-dtype",
      "attention-backend", "speculative-config", "hf-overrides", "quantization");
  /** These would take more GPUs than the instance was given. */
  private static final List<String> OF_THE_PLACEMENT = List.of("tensor-parallel-size", "pipeline-parallel-size",
      "data-parallel-size", "tp", "pp", "dp");
  private static final String BLOCK_SIZE = "block-size";

  private DeploymentRules() {}

  /**
   * What is wrong, a sentence each.
   *
   * @param shape of the model, where it is known
   */
  public static List<String> problems(Deployment deployment, Optional<ModelShape> shape) {
    List<String> problems = new ArrayList<>();
    switch (deployment) {
      case Deployment.External external -> {
        // Somebody else's decisions.
      }
      case Deployment.Colocated colocated ->
        problems.addAll(ofInstance(new Side(colocated.name(), colocated.engine(), colocated.tensorParallel(),
            List.of()), shape));
      case Deployment.Disaggregated disaggregated -> {
        Side prefill = new Side(disaggregated.name() + ".prefill", disaggregated.engine(),
            disaggregated.prefill().tensorParallel(), disaggregated.prefill().extraArguments());
        Side decode = new Side(disaggregated.name() + ".decode", disaggregated.engine(),
            disaggregated.decode().tensorParallel(), disaggregated.decode().extraArguments());
        problems.addAll(ofInstance(prefill, shape));
        problems.addAll(ofInstance(decode, shape));
        problems.addAll(ofPair(prefill, decode, shape));
      }
    }
    return problems;
  }

  /** Instances of one role: where they stand in the configuration, and what they are told beside their engine. */
  private record Side(String place, Engine engine, int tensorParallel, List<String> extraArguments) {
    Optional<String> flag(String name) {
      return CommandLineFlags.value(extraArguments, name).or(() -> ofEngine(name));
    }

    private Optional<String> ofEngine(String name) {
      return switch (engine) {
        case Engine.Simulator simulator -> CommandLineFlags.value(simulator.extraArguments(), name)
            .or(() -> Optional.ofNullable(simulator.options().get(name)));
        case Engine.Installed installed -> CommandLineFlags.value(installed.launch().extraArguments(), name)
            .or(() -> Optional.ofNullable(installed.launch().options().get(name)));
      };
    }

    String sentence(String key, String what) {
      return "deployments." + place + "." + key + ": " + what;
    }
  }

  private static List<String> ofInstance(Side side, Optional<ModelShape> shape) {
    List<String> problems = new ArrayList<>();
    int size = side.tensorParallel();
    if (!(side.engine() instanceof Engine.Simulator)) {
      int heads = shape.map(ModelShape::attentionHeads).orElse(0);
      int shared = shape.map(ModelShape::keyValueHeads).orElse(0);
      if (heads > 0 && heads % size != 0) {
        problems
            .add(side.sentence("tensor-parallel", "%d does not divide the %d attention heads of the model; write %d"
                .formatted(size, heads, largestDivisor(heads, size))));
      } else if (shared > 0 && shared % size != 0 && size % shared != 0) {
        problems.add(side.sentence("tensor-parallel",
            "%d and the %d key-value heads of the model do not divide each other; write %d".formatted(size, shared,
                largestDivisor(shared, size))));
      }
    }
    for (String flag : OF_THE_PLACEMENT) {
      side.flag(flag)
          .ifPresent(value -> problems.add(side.sentence("extra-arguments",
              ("%s changes how many GPUs an instance takes; write tensor-parallel, and more instances in place of other"
                  + " parallelism").formatted(flag))));
    }
    return problems;
  }

  private static List<String> ofPair(Side prefill, Side decode, Optional<ModelShape> shape) {
    List<String> problems = new ArrayList<>(sizes(prefill, decode, shape));
    for (String flag : EQUAL_ON_BOTH_SIDES) {
      Optional<String> ofPrefill = prefill.flag(flag);
      Optional<String> ofDecode = decode.flag(flag);
      if (!ofPrefill.equals(ofDecode)) {
        problems.add(decode.sentence("extra-arguments",
            ("%s is %s here and %s for prefill, and NIXL joins only instances that agree; write it once, as an option of"
                + " the engine").formatted(flag, ofDecode.orElse("not given"), ofPrefill.orElse("not given"))));
      }
    }
    problems.addAll(blocks(prefill, decode));
    return problems;
  }

  private static List<String> sizes(Side prefill, Side decode, Optional<ModelShape> shape) {
    int larger = Math.max(prefill.tensorParallel(), decode.tensorParallel());
    int smaller = Math.min(prefill.tensorParallel(), decode.tensorParallel());
    if (larger % smaller != 0) {
      return List.of(decode.sentence("tensor-parallel",
          "%d and the %d of prefill are no multiples of each other, which NIXL demands; write %d for both"
              .formatted(decode.tensorParallel(), prefill.tensorParallel(), smaller)));
    }
    int shared = shape.map(ModelShape::keyValueHeads).orElse(0);
    if (shared > 0 && prefill.tensorParallel() > shared && prefill.tensorParallel() > decode.tensorParallel()) {
      return List.of(prefill.sentence("tensor-parallel",
          ("%d is more than the %d key-value heads of the model and more than the %d of decode, which NIXL refuses;"
              + " write %d, or as many for decode").formatted(prefill.tensorParallel(), shared, decode.tensorParallel(),
                  Math.max(decode.tensorParallel(), shared))));
    }
    return List.of();
  }

  private static List<String> blocks(Side prefill, Side decode) {
    Optional<Integer> ofPrefill = prefill.flag(BLOCK_SIZE).flatMap(DeploymentRules::whole);
    Optional<Integer> ofDecode = decode.flag(BLOCK_SIZE).flatMap(DeploymentRules::whole);
    if (ofPrefill.isPresent() != ofDecode.isPresent()) {
      return List.of(decode.sentence("extra-arguments",
          "block-size is given for one side only, and the other's default may not fit; give it for both"));
    }
    if (ofPrefill.isEmpty() || ofPrefill.equals(ofDecode)) {
      return List.of();
    }
    int small = ofPrefill.get();
    int large = ofDecode.orElseThrow();
    if (large % small != 0) {
      return List.of(decode.sentence("extra-arguments",
          "block-size %d is no multiple of prefill's %d, which NIXL demands; write a multiple".formatted(large,
              small)));
    }
    return prefill.tensorParallel() > decode.tensorParallel()
        ? List.of(decode.sentence("extra-arguments",
            ("block-size %d differs from prefill's %d while prefill has the larger tensor-parallel, which NIXL refuses;"
                + " write the same").formatted(large, small)))
        : List.of();
  }

  private static int largestDivisor(int number, int limit) {
    int divisor = limit;
    while (number % divisor != 0) {
      divisor--;
    }
    return divisor;
  }

  private static Optional<Integer> whole(String text) {
    return text.matches("[1-9]\\d{0,8}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }
}
