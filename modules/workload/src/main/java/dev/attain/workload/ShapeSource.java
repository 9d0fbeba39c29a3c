package dev.attain.workload;

import java.util.List;
import java.util.Objects;

/** Where the sizes of requests come from. */
public sealed interface ShapeSource {

  /** Prompt and output lengths drawn independently of each other. */
  record Independent(LengthDistribution prompt, LengthDistribution output) implements ShapeSource {
    public Independent {
      Objects.requireNonNull(prompt, "prompt");
      Objects.requireNonNull(output, "output");
    }
  }

  /**
   * Observed requests, prompt and output length kept together.
   *
   * @param rows at least one
   * @param shuffled true: request {@code i} is a row drawn from (seed, {@code i}), with replacement; false: row {@code
   *     i} mod the number of rows
   */
  record Rows(List<RequestShape> rows, boolean shuffled) implements ShapeSource {
    public Rows {
      rows = List.copyOf(rows);
      if (rows.isEmpty()) {
        throw new IllegalArgumentException("a table of request sizes needs at least one row");
      }
    }
  }
}
