package dev.attain.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one load node did and suffered during a point. Times in seconds, shares 0 to 1; what its system does not tell is
 * absent.
 *
 * @param cpuMicrosPerEvent processor time of event loops and pacer per token event, in microseconds
 * @param startLateness how late it began
 * @param loops its event loops
 * @param loopCores cores that its event loops used together
 * @param pacerCores cores that the thread used which sends requests off in time
 * @param otherCores cores that everything else in the process used: garbage collection, compilation, making of bodies
 * @param pacerWaiting share of the time in which the pacer was due but had no processor
 * @param gcPauseMax longest garbage collection pause
 * @param stallP99 lateness, at the 99th percentile, of a thread that asks to be woken every 10 ms
 * @param stallMax the latest: for so long nothing ran
 * @param safepoints how often the JVM stopped all threads
 * @param safepointTime for how long together
 * @param safepointMax for how long at most
 * @param descriptorLimit file descriptors that the process may have
 * @param descriptorsPeak the most seen in use
 * @param localPorts local ports for connections towards one address
 * @param tcpSocketsPeak the most TCP sockets seen on its machine, those in TIME_WAIT included
 * @param failedForDescriptors connections not opened for want of descriptors
 * @param failedForPorts connections not opened for want of local ports
 * @param retransmits TCP segments sent again by its machine
 * @param listenDrops connections that listeners on its machine did not take
 * @param receiveDrops TCP segments that its machine had received and threw away
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record GeneratorNode(String id, double cpuMicrosPerEvent, double startLateness, List<LoopFigures> loops,
    double loopCores, double pacerCores, Optional<Double> otherCores, Optional<Double> pacerWaiting, double gcPauseMax,
    double stallP99, double stallMax, Optional<Long> safepoints, Optional<Double> safepointTime,
    Optional<Double> safepointMax, Optional<Long> descriptorLimit, Optional<Long> descriptorsPeak,
    Optional<Integer> localPorts, Optional<Long> tcpSocketsPeak, long failedForDescriptors, long failedForPorts,
    Optional<Long> retransmits, Optional<Long> listenDrops, Optional<Long> receiveDrops) {
  /** Copies the list. */
  public GeneratorNode {
    loops = List.copyOf(loops);
  }

  double busiestLoop() {
    return loops.stream().mapToDouble(LoopFigures::utilisation).max().orElse(0);
  }

  double loopLagP99() {
    return loops.stream().mapToDouble(LoopFigures::lagP99).max().orElse(0);
  }

  double loopLagMax() {
    return loops.stream().mapToDouble(LoopFigures::lagMax).max().orElse(0);
  }

  /** Of the thread that waited longest for a processor, the loops and the pacer. */
  Optional<Double> waiting() {
    return Stream
        .concat(loops.stream().flatMap(loop -> loop.waiting().stream()), pacerWaiting.stream())
        .max(Comparator.naturalOrder());
  }
}
