package dev.attain.results;

import java.util.List;
import java.util.Optional;

/** What load nodes might say of themselves. */
final class SampleGenerator {
  /** A node whose system tells everything. */
  static final GeneratorNode TELLING = new GeneratorNode("load-1", 17, 0,
      List.of(new LoopFigures(0.12, 0.0004, 0.006, Optional.of(0.01)),
          new LoopFigures(0.1, 0.0005, 0.004, Optional.of(0.02))),
      0.22, 0.02, Optional.of(0.1), Optional.of(0.03), 0.004, 0.0003, 0.008, Optional.of(5L), Optional.of(0.009),
      Optional.of(0.005), Optional.of(1000L), Optional.of(120L), Optional.of(28_232), Optional.of(300L), 2, 1,
      Optional.of(7L), Optional.of(0L), Optional.of(0L));

  /** A node on a system that tells nothing beyond what every JVM knows. */
  static final GeneratorNode TACITURN = new GeneratorNode("load-2", 18, 0.001,
      List.of(new LoopFigures(0.08, 0.0009, 0.003, Optional.empty())), 0.08, 0.02, Optional.empty(), Optional.empty(),
      0.003, 0.0004, 0.009, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
      Optional.empty(), Optional.empty(), 0, 0, Optional.empty(), Optional.empty(), Optional.empty());

  private SampleGenerator() {}
}
