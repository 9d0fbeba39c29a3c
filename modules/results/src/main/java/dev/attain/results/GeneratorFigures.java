package dev.attain.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How hard the load generator itself worked during a point, and what it suffered: of each figure the worst of all load
 * nodes. Times in seconds, shares 0 to 1. What no node's system tells is absent, and so is what a bundle of an earlier
 * version did not have.
 *
 * @param cpuMicrosPerEvent processor time per token event over all load nodes, in microseconds
 * @param busiestLoop share of a core the busiest event loop of any node used
 * @param gcPauseMax longest pause of garbage collection
 * @param loopLagP99 how late the slowest event loop came to its tasks, at the 99th percentile
 * @param loopLagMax how late at most
 * @param waiting largest share of the time in which an event loop or a pacer had no processor although it was due
 * @param stallMax longest time in which nothing ran
 * @param safepointMax longest stop of all threads of a JVM
 * @param otherCores cores that a node used beside event loops and pacer
 * @param descriptorsUsed largest share of the permitted file descriptors that was seen in use
 * @param failedConnects connections of all nodes that could not be opened for want of descriptors or local ports
 * @param retransmits TCP segments that the machine of a node sent again
 * @param receiveDrops TCP segments that the machine of a node had received and threw away
 * @param nodes each load node that told
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record GeneratorFigures(double cpuMicrosPerEvent, double busiestLoop, double gcPauseMax,
    Optional<Double> loopLagP99, Optional<Double> loopLagMax, Optional<Double> waiting, Optional<Double> stallMax,
    Optional<Double> safepointMax, Optional<Double> otherCores, Optional<Double> descriptorsUsed,
    Optional<Long> failedConnects, Optional<Long> retransmits, Optional<Long> receiveDrops,
    @JsonProperty List<GeneratorNode> nodes) {
  /** Copies the list; a bundle of an earlier version has none. */
  public GeneratorFigures {
    nodes = nodes == null ? List.of() : List.copyOf(nodes);
  }

  /** @param cpuMicrosPerEvent over all nodes: their own figures, weighted with their events */
  public static GeneratorFigures of(double cpuMicrosPerEvent, List<GeneratorNode> nodes) {
    return new GeneratorFigures(cpuMicrosPerEvent, worst(nodes, GeneratorNode::busiestLoop).orElse(0.0),
        worst(nodes, GeneratorNode::gcPauseMax).orElse(0.0), worst(nodes, GeneratorNode::loopLagP99),
        worst(nodes, GeneratorNode::loopLagMax), worstKnown(nodes, GeneratorNode::waiting),
        worst(nodes, GeneratorNode::stallMax), worstKnown(nodes, GeneratorNode::safepointMax),
        worstKnown(nodes, GeneratorNode::otherCores), worstKnown(nodes, GeneratorFigures::descriptorsUsedBy),
        nodes.isEmpty()
            ? Optional.empty()
            : Optional
                .of(nodes.stream().mapToLong(node -> node.failedForDescriptors() + node.failedForPorts()).sum()),
        worstKnown(nodes, GeneratorNode::retransmits), worstKnown(nodes, GeneratorNode::receiveDrops), nodes);
  }

  private static Optional<Double> descriptorsUsedBy(GeneratorNode node) {
    return node.descriptorsPeak().flatMap(peak -> node.descriptorLimit().map(limit -> peak / (double) limit));
  }

  private static Optional<Double> worst(List<GeneratorNode> nodes, Function<GeneratorNode, Double> figure) {
    return nodes.stream().map(figure).max(Comparator.naturalOrder());
  }

  private static <T extends Comparable<T>> Optional<T> worstKnown(List<GeneratorNode> nodes,
      Function<GeneratorNode, Optional<T>> figure) {
    return nodes.stream().flatMap(node -> figure.apply(node).stream()).max(Comparator.naturalOrder());
  }
}
