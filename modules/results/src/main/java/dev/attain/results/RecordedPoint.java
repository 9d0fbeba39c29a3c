package dev.attain.results;

import dev.attain.measurement.Attainment;
import dev.attain.measurement.Collector;
import dev.attain.measurement.Counts;
import dev.attain.measurement.Judgement;
import dev.attain.measurement.Latencies;
import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.Recorder;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.SampleSize;
import dev.attain.measurement.Slo;
import dev.attain.measurement.Snapshot;
import dev.attain.measurement.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A point as its records tell it, measured against objectives of any kind. It goes the way of a load node and a
 * coordinator: the same recorder counts, the same rules judge. Memory is that of {@link OutcomeColumns} and of one set of
 * histograms. Not thread-safe.
 */
final class RecordedPoint {
  private final Recorder recorder;
  private final Collector collector;
  private final OutcomeColumns outcomes;
  private final RequestTotals totals = new RequestTotals();
  private final Map<String, Map<Outcome, Long>> byNode = new HashMap<>();
  private long recorded;
  private long planned;

  RecordedPoint(Slo slo) {
    recorder = new Recorder(slo);
    collector = new Collector(List.of(recorder), () -> planned);
    outcomes = new OutcomeColumns(slo);
  }

  void add(NodeRecord line) {
    RequestRecord record = line.record();
    if (record.outcome() != Outcome.LOST) {
      if (record.outcome() != Outcome.UNSENT) {
        recorder.sent();
      }
      recorder.finished(record);
    }
    recorded++;
    outcomes.add(record);
    totals.add(record);
    byNode.computeIfAbsent(line.node(), node -> new EnumMap<>(Outcome.class)).merge(record.outcome(), 1L, Long::sum);
  }

  /** Of the requests with a record; planned are as many. */
  Counts counts() {
    planned = recorded;
    return collector.snapshot().counts();
  }

  /** In the order of the plan; those without a record never came. */
  RequestTimes times(PointSummary measured) {
    OutcomeColumns.Ordered ordered = outcomes.ordered(measured.planned(), measured.loop());
    return new RequestTimes(RequestTimes.orNever(ordered.ttft()), RequestTimes.orNever(ordered.tpot()));
  }

  /**
   * The summary that these records give. What no record tells stays as it was measured: gaps between tokens, the
   * generator's own figures, those of the engines, and that a point is invalid.
   *
   * @param invalid why the point cannot be believed, beside the reasons that it already had
   */
  PointSummary summary(PointSummary measured, Circumstances circumstances, double target, List<String> invalid) {
    planned = measured.planned();
    Snapshot snapshot = collector.snapshot().withRemainderLost();
    Counts counts = snapshot.counts();
    Latencies latencies = snapshot.latencies();
    Confidence confidence = Confidence.of(outcomes.ordered(measured.planned(), measured.loop()), circumstances);
    SampleSize size = confidence.size(counts.planned());
    Attainment attainment = Attainment.of(counts, target, size);
    var invalidReasons = new ArrayList<>(measured.verdict() == Verdict.INVALID ? measured.reasons() : List.of());
    invalidReasons.addAll(invalid);
    Judgement judgement = Judgement.of(attainment, size, confidence.doubts(), invalidReasons);
    return new PointSummary(measured.schemaVersion(), measured.deployment(), measured.point(), measured.loop(),
        measured.rate(), measured.concurrency(), measured.repeat(), measured.seed(), measured.scheduleHash(),
        judgement.verdict(), judgement.reasons(), counts.planned(), counts.completed(), counts.failed(),
        counts.timedOut(), counts.unsent(), counts.lost(), attainment,
        PointSummary.perSecond(counts.metBoth(), measured.offeredSeconds()),
        Throughput.of(counts, measured.durationSeconds()),
        PointSummary.percentiles(latencies, LatencyMetric.TTFT),
        PointSummary.percentiles(latencies, LatencyMetric.SERVICE_TTFT),
        PointSummary.percentiles(latencies, LatencyMetric.TPOT), measured.itl(), measured.itlPerToken(),
        PointSummary.percentiles(latencies, LatencyMetric.E2E),
        PointSummary.percentiles(latencies, LatencyMetric.NORMALIZED_LATENCY),
        PointSummary.percentiles(latencies, LatencyMetric.SEND_LAG),
        PointSummary.percentiles(latencies, LatencyMetric.IN_FLIGHT_WAIT), Stage.of(latencies), nodes(measured),
        measured.generator(), measured.kvTransfer(), measured.server(), measured.offeredSeconds(),
        measured.durationSeconds(), PointSummary.withLost(totals.failures(), counts.lost()),
        outOfRange(latencies, measured), measured.connections().map(before -> totals.connections()),
        measured.tokens().map(before -> totals.tokens()), Optional.of(confidence), measured.unmeasured());
  }

  private List<NodeSummary> nodes(PointSummary measured) {
    return measured.nodes().stream().map(node -> {
      Map<Outcome, Long> its = byNode.getOrDefault(node.id(), Map.of());
      long completed = its.getOrDefault(Outcome.COMPLETED, 0L);
      long failed = its.getOrDefault(Outcome.FAILED, 0L);
      long timedOut = its.getOrDefault(Outcome.TIMED_OUT, 0L);
      long unsent = its.getOrDefault(Outcome.UNSENT, 0L);
      return new NodeSummary(node.id(), node.planned(), completed, failed, timedOut, unsent,
          Math.max(0, node.planned() - completed - failed - timedOut - unsent), node.clockOffset(), node.clockBound());
    }).toList();
  }

  private static Map<String, Long> outOfRange(Latencies latencies, PointSummary measured) {
    var counts = new TreeMap<>(PointSummary.outOfRange(latencies));
    for (LatencyMetric gaps : List.of(LatencyMetric.ITL, LatencyMetric.ITL_PER_TOKEN)) {
      Optional.ofNullable(measured.outOfRange().get(gaps.jsonName()))
          .ifPresent(count -> counts.put(gaps.jsonName(), count));
    }
    return counts;
  }
}
