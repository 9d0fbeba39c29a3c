package dev.attain.cluster;

import dev.attain.client.Descriptors;
import dev.attain.client.GeneratorLoad;
import dev.attain.client.KernelCounters;
import dev.attain.client.LoopLoad;
import dev.attain.client.NodeResources;
import dev.attain.client.PortRange;
import dev.attain.client.ProcessorUse;
import dev.attain.client.Safepoints;
import dev.attain.client.Stalls;
import java.util.List;
import java.util.Optional;

/** What load nodes might say of themselves. */
final class SampleLoad {
  static final KernelCounters CLEAN = new KernelCounters(3, 0, 0);
  static final NodeResources ENOUGH = new NodeResources(Optional.of(new Descriptors(1_048_576, 120)),
      Optional.of(new PortRange(32_768, 60_999)), Optional.of(300L), 0, 0, "");
  static final Stalls CALM = new Stalls(300_000, 8_000_000, 4_000_000,
      Optional.of(new Safepoints(3, 5_000_000, 3_000_000)));
  static final ProcessorUse LIGHT = new ProcessorUse(0.3, 0.02, Optional.of(0.1), Optional.of(0.01));
  static final LoopLoad BRISK = new LoopLoad(0.3, 400_000, 6_000_000, Optional.of(0.02));

  /** Within all limits. */
  static final GeneratorLoad GOOD = load(BRISK, LIGHT, CALM, ENOUGH, Optional.of(CLEAN));

  /** On a system that tells nothing beyond what every JVM knows. */
  static final GeneratorLoad TACITURN = load(new LoopLoad(0.3, 400_000, 6_000_000, Optional.empty()),
      new ProcessorUse(0.3, 0.02, Optional.empty(), Optional.empty()), new Stalls(1, 2, 3, Optional.empty()),
      new NodeResources(Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, ""), Optional.empty());

  private SampleLoad() {}

  static GeneratorLoad load(LoopLoad loop, ProcessorUse processors, Stalls stalls, NodeResources resources,
      Optional<KernelCounters> kernel) {
    return new GeneratorLoad(20, 0, List.of(BRISK, loop), processors, stalls, resources, kernel);
  }
}
