package dev.attain.experiment;

import dev.attain.workload.ModelLimits;

/**
 * The model that every deployment of the experiment serves.
 *
 * @param name the served name that requests carry; empty when the name is to be asked of the engine ({@code GET
 *     /v1/models})
 * @param path folder or hub name of the weights, for engines that load them; empty when the engine needs none
 * @param limits context length and vocabulary in tokens that prompts keep to
 */
public record Model(String name, String path, ModelLimits limits) {

  /** True when nobody named the model: whoever deploys asks the engine and continues with {@link #named}. */
  public boolean nameFromEngine() {
    return name.isEmpty();
  }

  /** The same model under the name the engine gave. */
  public Model named(String servedName) {
    return new Model(servedName, path, limits);
  }
}
