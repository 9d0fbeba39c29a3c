package dev.attain.cluster;

import dev.attain.client.GeneratorLoad;
import dev.attain.client.Unmeasured;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Point;
import dev.attain.measurement.Counts;
import dev.attain.measurement.Latencies;
import dev.attain.measurement.Snapshot;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came out of a point, before it is judged.
 *
 * @param invalidReasons why the measurement cannot be believed; empty when it can
 * @param measured from the first intended arrival to the end of the last request
 * @param kvTransfer figures of {@link dev.attain.engines.KvTransfer}; empty for a deployment that transfers nothing
 * @param server what the engines saw
 * @param unmeasured what kept the load up around the measured requests
 */
public record PointOutcome(Point point, Deployment deployment, String scheduleHash, List<NodeOutcome> nodes,
    List<String> invalidReasons, Duration measured, Map<String, Double> kvTransfer, ServerView server,
    Unmeasured unmeasured) {
  public PointOutcome {
    nodes = List.copyOf(nodes);
    invalidReasons = List.copyOf(invalidReasons);
    kvTransfer = Collections.unmodifiableMap(new LinkedHashMap<>(kvTransfer));
  }

  /** Counts of all nodes together. */
  public Counts counts() {
    return counts(nodes);
  }

  static Counts counts(List<NodeOutcome> nodes) {
    return nodes.stream().map(node -> node.last().counts()).reduce(Counts.none(), Counts::plus);
  }

  /** Latencies of all nodes together. */
  public Latencies latencies() {
    return nodes.stream().map(node -> node.last().latencies()).reduce(Latencies.empty(), Latencies::plus);
  }

  /**
   * One load node's part.
   *
   * @param last its last snapshot; what a lost node had not decided is counted as lost
   * @param load empty when the node was lost before it could say
   */
  public record NodeOutcome(String node, Snapshot last, ClockReading clock, Optional<GeneratorLoad> load) {}
}
