package dev.attain.client;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the generator itself cost and what it suffered, from the start of a run to its last outcome (or to now while it
 * is under way). A measurement by an overloaded generator cannot be believed.
 *
 * @param cpuMicrosPerEvent CPU time of the event loops and the pacer, divided by the token events read; 0 without events
 * @param startLatenessNanos how long after the origin the pacer was under way; 0 when it was ready in time
 * @param loops each event loop
 * @param kernel what TCP lost on this machine; empty where the system does not tell
 */
public record GeneratorLoad(double cpuMicrosPerEvent, long startLatenessNanos, List<LoopLoad> loops,
    ProcessorUse processors, Stalls stalls, NodeResources resources, Optional<KernelCounters> kernel) {
  /** Copies the list. */
  public GeneratorLoad {
    loops = List.copyOf(loops);
  }

  /** Nothing done, nothing suffered. */
  public static GeneratorLoad none() {
    return new GeneratorLoad(0, 0, List.of(), new ProcessorUse(0, 0, Optional.empty(), Optional.empty()),
        new Stalls(0, 0, 0, Optional.empty()),
        new NodeResources(Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, ""), Optional.empty());
  }

  /** Share of one core, 0..1, that the busiest event loop used. */
  public double busiestLoop() {
    return loops.stream().mapToDouble(LoopLoad::utilisation).max().orElse(0);
  }

  /** Longest stop of the JVM by its garbage collector. */
  public long gcPauseMaxNanos() {
    return stalls.gcPauseMaxNanos();
  }

  /** The worst lag of any loop at the 99th percentile. */
  public long loopLagP99Nanos() {
    return loops.stream().mapToLong(LoopLoad::lagP99Nanos).max().orElse(0);
  }

  /** The worst lag of any loop. */
  public long loopLagMaxNanos() {
    return loops.stream().mapToLong(LoopLoad::lagMaxNanos).max().orElse(0);
  }

  /** The largest share of the time in which a loop waited for a processor; empty where the system does not tell. */
  public Optional<Double> loopWaiting() {
    return loops.stream().flatMap(loop -> loop.waiting().stream()).max(Comparator.naturalOrder());
  }
}
