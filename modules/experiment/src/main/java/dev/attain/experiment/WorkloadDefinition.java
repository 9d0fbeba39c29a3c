package dev.attain.experiment;

import dev.attain.workload.ModelLimits;
import dev.attain.workload.PromptForm;
import dev.attain.workload.ShapeSource;
import dev.attain.workload.Workload;

/**
 * What the requests are made of, before a model's limits cut them.
 *
 * @param source where prompt and output lengths come from, in tokens
 * @param form how prompts travel
 * @param description one line for reports, such as {@code "azure-llm-2023-conversation, 19366 rows, shuffled"}
 */
public record WorkloadDefinition(ShapeSource source, PromptForm form, String description) {

  /** The workload of a point; {@code seed} is the point's. */
  public Workload workload(ModelLimits limits, long seed) {
    return Workload.of(source, form, limits, seed);
  }

  /** The description alone: a trace has more rows than a log wants. */
  @Override
  public String toString() {
    return "WorkloadDefinition[" + description + ", " + form + "]";
  }
}
