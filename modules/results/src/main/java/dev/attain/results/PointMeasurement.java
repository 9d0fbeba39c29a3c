package dev.attain.results;

import dev.attain.experiment.Point;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a finished point is judged by.
 *
 * @param target share of planned requests that must meet the SLO, 0 to 1
 * @param offeredSeconds how long requests were due; the divisor of goodput
 * @param measuredSeconds from the first intended arrival to the last end of a request; the divisor of throughputs
 * @param nodes the newest snapshot of every node that had a share, lost nodes included
 * @param failures reasons of everything that did not complete, with counts
 * @param connections what connections cost the requests
 * @param tokens how the output tokens came
 * @param invalidReasons sentences saying why the measurement cannot be believed; empty when it can
 * @param kvTransfer proof of KV transfer by metric name; empty for a deployment that transfers nothing
 * @param server what the engines saw
 * @param confidence what the requests prove; empty when nobody kept them, and they are taken as independent then
 * @param unmeasured what kept the load up around them; empty when nothing was to
 */
public record PointMeasurement(Point point, String scheduleHash, double target, double offeredSeconds,
    double measuredSeconds,
    List<NodeMeasurement> nodes, GeneratorFigures generator, List<FailureCount> failures,
    ConnectionFigures connections, TokenFigures tokens, List<String> invalidReasons,
    Map<String, Double> kvTransfer, ServerMeasurement server, Optional<Confidence> confidence,
    Optional<UnmeasuredFigures> unmeasured) {

  /** Copies the collections. */
  public PointMeasurement {
    nodes = List.copyOf(nodes);
    failures = List.copyOf(failures);
    invalidReasons = List.copyOf(invalidReasons);
    kvTransfer = Map.copyOf(kvTransfer);
  }
}
