package dev.attain.results;

import dev.attain.experiment.Load;
import dev.attain.measurement.Attainment;
import dev.attain.measurement.Counts;
import dev.attain.measurement.Judgement;
import dev.attain.measurement.Latencies;
import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.Percentiles;
import dev.attain.measurement.SampleSize;
import dev.attain.measurement.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The result of one point, written as {@code summary.json}: component names are the names in the file. Times are in
 * seconds, shares between 0 and 1. Latencies are those of completed requests, except {@code sendLag} (everything that
 * was sent), {@code itl} (every gap between token events, of every request) and {@code itlPerToken} (the same gaps, each
 * divided by the number of tokens in the later event and taken as often); {@code ttft} and {@code e2e} count from the
 * intended instant, {@code serviceTtft} from the send.
 *
 * @param point the point's name, unique in its bundle
 * @param loop who set the pace. In a closed loop planned requests are all of a point's, or of a point that ends by time
 *     those that began; {@code ttft} and {@code e2e} count from the instant a user was ready, and so does
 *     {@code sendLag}
 * @param rate intended arrivals per second of the whole deployment, where it changes within a point that of factor 1;
 *     empty for a closed loop
 * @param concurrency users of the whole deployment; empty for an open loop
 * @param scheduleHash empty for a closed loop, which has no schedule
 * @param reasons why the verdict is what it is; empty for a plain pass
 * @param goodput requests meeting both objectives per second of the time in which requests were due: the tail in which
 *     the last of them finish adds seconds but no load, and would make a short point look slow
 * @param normalizedLatency seconds of end-to-end latency per output token
 * @param inFlightWait how long requests waited in the client because as many as may be were in flight, of those that did;
 *     a part of their latencies and not of {@code sendLag}
 * @param stages of the service TTFT by name, in their order in time: {@code prefillLeg}, {@code handOver} and {@code
 *     decodeFirst}; empty when no request went in two legs
 * @param server what the engines saw
 * @param offeredSeconds how long requests were due
 * @param durationSeconds the measured window: first intended arrival to the last end of a request
 * @param outOfRange values outside the histograms' range of 1 microsecond to 1 hour, by metric; only those that occurred
 * @param connections what connections cost the requests; empty in a summary from before this was written
 * @param tokens how the output tokens came; empty likewise
 * @param confidence how much the requests prove; empty likewise, and the interval of the attainment takes them as
 *     independent then
 * @param unmeasured what kept the load up around the measured requests; empty without {@code load.lead-in} and {@code
 *     load.lead-out}
 */
public record PointSummary(int schemaVersion, String deployment, String point, LoopKind loop, Optional<Double> rate,
    Optional<Integer> concurrency, int repeat, long seed, String scheduleHash, Verdict verdict, List<String> reasons,
    long planned, long completed, long failed,
    long timedOut,
    long unsent, long lost, Attainment attainment, double goodput, Throughput throughput, Percentiles ttft,
    Percentiles serviceTtft, Percentiles tpot, Percentiles itl, Percentiles itlPerToken, Percentiles e2e,
    Percentiles normalizedLatency,
    Percentiles sendLag, Percentiles inFlightWait, Map<String, Stage> stages, List<NodeSummary> nodes,
    GeneratorFigures generator,
    Map<String, Double> kvTransfer, ServerSummary server,
    double offeredSeconds, double durationSeconds, List<FailureCount> failures, Map<String, Long> outOfRange,
    Optional<ConnectionFigures> connections, Optional<TokenFigures> tokens, Optional<Confidence> confidence,
    Optional<UnmeasuredFigures> unmeasured) {

  /** The version of {@code summary.json} and {@code manifest.json} that this code writes and reads. */
  public static final int SCHEMA_VERSION = 1;

  /** Copies the collections. */
  public PointSummary {
    reasons = List.copyOf(reasons);
    // Their order is that of time, which Map.copyOf would lose.
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    nodes = List.copyOf(nodes);
    kvTransfer = Map.copyOf(kvTransfer);
    failures = List.copyOf(failures);
    outOfRange = Map.copyOf(outOfRange);
  }

  /**
   * Judges a finished point. Requests that no snapshot accounts for count as lost, so that the outcomes add up for each
   * node and in total. A measured window of zero seconds gives rates of zero.
   */
  public static PointSummary of(PointMeasurement measured) {
    Counts total = Counts.none();
    Latencies latencies = Latencies.empty();
    var nodes = new ArrayList<NodeSummary>();
    for (NodeMeasurement node : measured.nodes()) {
      Counts counts = node.newest().counts().withRemainderLost();
      nodes.add(nodeSummary(node, counts));
      total = total.plus(counts);
      latencies = latencies.plus(node.newest().latencies());
    }
    SampleSize size = size(measured.confidence(), total.planned());
    Attainment attainment = Attainment.of(total, measured.target(), size);
    Judgement judgement = Judgement.of(attainment, size,
        measured.confidence().map(Confidence::doubts).orElse(List.of()), measured.invalidReasons());
    double seconds = measured.measuredSeconds();
    return new PointSummary(SCHEMA_VERSION, measured.point().deployment(), measured.point().id(),
        LoopKind.of(measured.point().load()), rate(measured.point().load()), users(measured.point().load()),
        measured.point().repeat(), measured.point().seed(), measured.scheduleHash(),
        judgement.verdict(), judgement.reasons(), total.planned(), total.completed(), total.failed(), total.timedOut(),
        total.unsent(), total.lost(), attainment, perSecond(total.metBoth(), measured.offeredSeconds()),
        Throughput.of(total, seconds),
        percentiles(latencies, LatencyMetric.TTFT), percentiles(latencies, LatencyMetric.SERVICE_TTFT),
        percentiles(latencies, LatencyMetric.TPOT), percentiles(latencies, LatencyMetric.ITL),
        percentiles(latencies, LatencyMetric.ITL_PER_TOKEN),
        percentiles(latencies, LatencyMetric.E2E), percentiles(latencies, LatencyMetric.NORMALIZED_LATENCY),
        percentiles(latencies, LatencyMetric.SEND_LAG), percentiles(latencies, LatencyMetric.IN_FLIGHT_WAIT),
        Stage.of(latencies), nodes, measured.generator(),
        measured.kvTransfer(), ServerSummary.of(measured.server(), seconds), measured.offeredSeconds(), seconds,
        withLost(measured.failures(), total.lost()), outOfRange(latencies),
        Optional.of(measured.connections()), Optional.of(measured.tokens()), measured.confidence(),
        measured.unmeasured());
  }

  /** Whether the outcomes add up to the plan, in total and for each node, and the nodes to the total. */
  public boolean conserved() {
    return planned == completed + failed + timedOut + unsent + lost
        && nodes.stream().allMatch(NodeSummary::conserved)
        && planned == nodes.stream().mapToLong(NodeSummary::planned).sum();
  }

  /** What the attainment rests on. */
  public SampleSize sampleSize() {
    return size(confidence, planned);
  }

  private static SampleSize size(Optional<Confidence> confidence, long planned) {
    return confidence.map(it -> it.size(planned)).orElseGet(() -> SampleSize.ofIndependent(planned));
  }

  /** The rate in requests per second, or the number of users of a closed loop. */
  public double level() {
    return level(rate, concurrency);
  }

  static double level(Optional<Double> rate, Optional<Integer> concurrency) {
    return rate.orElseGet(() -> (double) concurrency.orElseThrow());
  }

  static Optional<Double> rate(Load load) {
    return load instanceof Load.Rate rate ? Optional.of(rate.perSecond()) : Optional.empty();
  }

  static Optional<Integer> users(Load load) {
    return load instanceof Load.Concurrency concurrency ? Optional.of(concurrency.users()) : Optional.empty();
  }

  private static NodeSummary nodeSummary(NodeMeasurement node, Counts counts) {
    return new NodeSummary(node.id(), counts.planned(), counts.completed(), counts.failed(), counts.timedOut(),
        counts.unsent(), counts.lost(), node.clockOffset(), node.clockBound());
  }

  /** No record speaks for a lost request, so that the reasons would not add up without this. */
  static List<FailureCount> withLost(List<FailureCount> failures, long lost) {
    String name = Outcome.LOST.name();
    if (lost == 0 || failures.stream().anyMatch(failure -> failure.reason().startsWith(name))) {
      return failures;
    }
    var all = new ArrayList<>(failures);
    all.add(new FailureCount(name + ": no node reported its end", lost));
    return all;
  }

  static double perSecond(long amount, double seconds) {
    return seconds > 0 ? amount / seconds : 0;
  }

  static Percentiles percentiles(Latencies latencies, LatencyMetric metric) {
    return Percentiles.ofMicros(latencies.of(metric));
  }

  static Map<String, Long> outOfRange(Latencies latencies) {
    var counts = new TreeMap<String, Long>();
    for (LatencyMetric metric : LatencyMetric.values()) {
      if (latencies.outOfRange(metric) > 0) {
        counts.put(metric.jsonName(), latencies.outOfRange(metric));
      }
    }
    return counts;
  }
}
