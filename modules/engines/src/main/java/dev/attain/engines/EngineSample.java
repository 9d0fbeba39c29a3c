package dev.attain.engines;

import java.util.OptionalDouble;

/**
 * What an instance says of its work at one moment, summed over its engine cores. A figure is empty when the engine does
 * not offer it; counts are since the instance started.
 *
 * @param running requests in the batch
 * @param waiting requests in the instance that are not in the batch yet
 * @param kvUsage share of the KV cache in use, 0 to 1, of the fullest core
 * @param preemptions how often a request had to leave the batch to make room
 * @param promptTokens processed
 * @param generatedTokens processed
 * @param steps of the engine
 * @param stepTokens tokens of all these steps; by steps, the mean size of a batch in tokens
 */
public record EngineSample(OptionalDouble running, OptionalDouble waiting, OptionalDouble kvUsage,
    OptionalDouble preemptions, OptionalDouble promptTokens, OptionalDouble generatedTokens, OptionalDouble steps,
    OptionalDouble stepTokens) {

  /** Mean tokens of the steps since an earlier sample; empty when there were none or the engine does not count them. */
  public OptionalDouble stepTokensSince(EngineSample before) {
    double stepsSince = steps.orElse(0) - before.steps.orElse(0);
    return steps.isPresent() && before.steps.isPresent() && stepsSince > 0
        ? OptionalDouble.of((stepTokens.orElse(0) - before.stepTokens.orElse(0)) / stepsSince)
        : OptionalDouble.empty();
  }

  /** Whether no request is in the instance, as far as it says. */
  public boolean idle() {
    return running.orElse(0) <= 0 && waiting.orElse(0) <= 0;
  }
}
