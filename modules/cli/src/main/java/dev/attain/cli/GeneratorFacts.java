package dev.attain.cli;

import dev.attain.client.Descriptors;
import dev.attain.client.GeneratorLoad;
import dev.attain.client.KernelCounters;
import dev.attain.client.PortRange;
import dev.attain.client.Safepoints;
import dev.attain.cluster.PointOutcome;
import dev.attain.results.GeneratorFigures;
import dev.attain.results.GeneratorNode;
import dev.attain.results.LoopFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the load nodes say of themselves, in the words and units of a bundle. */
final class GeneratorFacts {
  private static final double NANOS_PER_SECOND = 1e9;

  private GeneratorFacts() {}

  /** The worst of all nodes that told, and the mean cost of an event weighted by the nodes' events. */
  static GeneratorFigures of(PointOutcome outcome) {
    double cpuMicros = 0;
    long events = 0;
    List<GeneratorNode> nodes = new ArrayList<>();
    for (PointOutcome.NodeOutcome node : outcome.nodes()) {
      if (node.load().isPresent()) {
        long nodeEvents = node.last().counts().tokenEvents();
        cpuMicros += node.load().get().cpuMicrosPerEvent() * nodeEvents;
        events += nodeEvents;
        nodes.add(node(node.node(), node.load().get()));
      }
    }
    return GeneratorFigures.of(events == 0 ? 0 : cpuMicros / events, nodes);
  }

  private static GeneratorNode node(String id, GeneratorLoad load) {
    var resources = load.resources();
    Optional<Safepoints> safepoints = load.stalls().safepoints();
    return new GeneratorNode(id, load.cpuMicrosPerEvent(), seconds(load.startLatenessNanos()),
        load.loops().stream().map(loop -> new LoopFigures(loop.utilisation(), seconds(loop.lagP99Nanos()),
            seconds(loop.lagMaxNanos()), loop.waiting())).toList(),
        load.processors().loops(), load.processors().pacer(), load.processors().others(),
        load.processors().pacerWaiting(), seconds(load.stalls().gcPauseMaxNanos()), seconds(load.stalls().p99Nanos()),
        seconds(load.stalls().maxNanos()), safepoints.map(Safepoints::count),
        safepoints.map(it -> seconds(it.totalNanos())), safepoints.map(it -> seconds(it.longestNanos())),
        resources.descriptors().map(Descriptors::limit), resources.descriptors().map(Descriptors::peak),
        resources.ports().map(PortRange::size), resources.tcpSocketsPeak(), resources.failedForDescriptors(),
        resources.failedForPorts(), load.kernel().map(KernelCounters::retransmits),
        load.kernel().map(KernelCounters::listenDrops), load.kernel().map(KernelCounters::receiveDrops));
  }

  private static double seconds(long nanos) {
    return nanos / NANOS_PER_SECOND;
  }
}
