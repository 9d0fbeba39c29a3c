package dev.attain.results;

import dev.attain.measurement.Counts;
import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.Percentiles;
import dev.attain.measurement.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
  private static final int COLUMNS = HEADER.split(",").length;
  /** Columns after the first that are counts. */
  private static final int COUNTS = 9;

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

  /**
   * The rows of a file in their order; none when it is not there. A torn last line, as a crash leaves it, is passed over.
   *
   * @throws BundleException when it cannot be read, or a whole line is not such a row
   */
  static List<TimelineRow> read(Path file) throws BundleException {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      String text = Files.readString(file);
      var rows = new ArrayList<TimelineRow>();
      for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().skip(1).toList()) {
        rows.add(of(line));
      }
      return rows;
    } catch (IOException | IllegalArgumentException e) {
      throw new BundleException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Further columns, which a later version may have, are passed over. */
  private static TimelineRow of(String line) {
    String[] cells = line.split(",", -1);
    if (cells.length < COLUMNS) {
      throw new IllegalArgumentException(COLUMNS + " columns are needed, but there is a line of " + cells.length);
    }
    long[] counts = Arrays.stream(cells, 1, COUNTS + 1).mapToLong(Long::parseLong).toArray();
    double[] times = Arrays.stream(cells, COUNTS + 1, COLUMNS).mapToDouble(Double::parseDouble).toArray();
    return new TimelineRow(Double.parseDouble(cells[0]), counts[0], counts[1], counts[2], counts[3], counts[4],
        counts[5], counts[6], counts[7], counts[8], times[0], times[1], times[2], times[3], times[4], times[5],
        times[6],
        times[7]);
  }

  /** Requests whose outcome is known. */
  public long ended() {
    return completed + failed + timedOut + unsent + lost;
  }

  String line() {
    return seconds + "," + sent + "," + inFlight + "," + completed + "," + failed + "," + timedOut + "," + unsent + ","
        + lost + "," + metBoth + "," + outputTokens + "," + ttftP50 + "," + ttftP99 + "," + tpotP50 + "," + tpotP99
        + ","
        + itlP50 + "," + itlP99 + "," + itlPerTokenP50 + "," + itlPerTokenP99;
  }
}
