package dev.attain.workload;

import dev.attain.workload.CounterRandom.Purpose;
import dev.attain.workload.ShapeSource.Independent;
import dev.attain.workload.ShapeSource.Rows;
import java.util.List;

/** Draws sizes of requests, before they are cut to a model's context. */
@FunctionalInterface
interface ShapeSampler {

  /** Size of request {@code index}; a pure function. */
  RequestShape shape(int index);

  static ShapeSampler of(ShapeSource source, long seed) {
    return switch (source) {
      case Independent(LengthDistribution prompt, LengthDistribution output) -> {
        LengthSampler prompts = LengthSampler.of(prompt, new CounterRandom(seed, Purpose.PROMPT_LENGTH));
        LengthSampler outputs = LengthSampler.of(output, new CounterRandom(seed, Purpose.OUTPUT_LENGTH));
        yield index -> new RequestShape(prompts.tokens(index), outputs.tokens(index));
      }
      case Rows(List<RequestShape> rows, boolean shuffled) when shuffled -> {
        CounterRandom random = new CounterRandom(seed, Purpose.ROW);
        yield index -> rows.get(random.below(rows.size(), index));
      }
      case Rows(List<RequestShape> rows, boolean ignored) -> index -> rows.get(index % rows.size());
    };
  }
}
