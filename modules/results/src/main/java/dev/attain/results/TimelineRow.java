package dev.attain.results;

import dev.attain.measurement.Counts;
import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.Percentiles;
import dev.attain.measurement.Snapshot;

/**
 * The state of a point at one moment, cumulative since its start; one line of {@code timeline.csv}.
 *
 * @param seconds since the point's start
 * @param outputTokens of completed requests
 * @param ttftP50 seconds, over everything completed so far; likewise the other percentiles
 * @param itlP50 seconds between token events, over all that came so far
 * @param itlPerTokenP50 seconds between tokens, likewise
 */
public record TimelineRow(double seconds, long sent, long inFlight, long completed, long failed, long timedOut,
    long unsent, long lost, long metBoth, long outputTokens, double ttftP50, double ttftP99, double tpotP50,
    double tpotP99, double itlP50, double itlP99, double itlPerTokenP50, double itlPerTokenP99) {
  static final String HEADER = "seconds,sent,in_flight,completed,failed,timed_out,unsent,lost,met_both,output_tokens,"
      + "ttft_p50,ttft_p99,tpot_p50,tpot_p99,itl_p50,itl_p99,itl_per_token_p50,itl_per_token_p99";

  /** The row that a merged snapshot of all nodes gives. */
  public static TimelineRow of(double seconds, Snapshot total) {
    Counts counts = total.counts();
    Percentiles ttft = Percentiles.ofMicros(total.latencies().of(LatencyMetric.TTFT));
    Percentiles tpot = Percentiles.ofMicros(total.latencies().of(LatencyMetric.TPOT));
    Percentiles itl = Percentiles.ofMicros(total.latencies().of(LatencyMetric.ITL));
    Percentiles perToken = Percentiles.ofMicros(total.latencies().of(LatencyMetric.ITL_PER_TOKEN));
    return new TimelineRow(seconds, counts.sent(), counts.inFlight(), counts.completed(), counts.failed(),
        counts.timedOut(), counts.unsent(), counts.lost(), counts.metBoth(), counts.outputTokens(), ttft.p50(),
        ttft.p99(), tpot.p50(), tpot.p99(), itl.p50(), itl.p99(), perToken.p50(), perToken.p99());
  }

  String line() {
    return seconds + "," + sent + "," + inFlight + "," + completed + "," + failed + "," + timedOut + "," + unsent + ","
        + lost + "," + metBoth + "," + outputTokens + "," + ttftP50 + "," + ttftP99 + "," + tpotP50 + "," + tpotP99
        + ","
        + itlP50 + "," + itlP99 + "," + itlPerTokenP50 + "," + itlPerTokenP99;
  }
}
