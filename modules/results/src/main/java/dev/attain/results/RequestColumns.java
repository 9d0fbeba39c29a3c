package dev.attain.results;

import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A point's records as columns in the order of their indices, the form that the export for other tools needs. Indices are
 * the columns themselves, but for a closed loop that ended by time: it has gaps, because fast users had more requests. A
 * request without a record is lost, and a request that did not complete has {@link #MISSED} for every latency.
 */
final class RequestColumns {
  /** Seconds; above every objective, so that whoever compares latencies with objectives counts a miss. */
  static final double MISSED = 1e9;
  private static final double NANOS = 1e9;

  final int[] inputTokens;
  final int[] outputTokens;
  final double[] ttft;
  final double[] tpot;
  final double[] e2e;
  final double[] intended;
  final double[] wait;
  final String[] errors;
  private int[] inFlight = new int[1];
  private double[] tokens = new double[1];

  private RequestColumns(int planned) {
    inputTokens = new int[planned];
    outputTokens = new int[planned];
    ttft = missed(planned);
    tpot = missed(planned);
    e2e = missed(planned);
    intended = new double[planned];
    wait = new double[planned];
    errors = new String[planned];
    Arrays.fill(errors, Outcome.LOST.name());
  }

  static RequestColumns read(Path requests, long planned) throws IOException {
    var columns = new RequestColumns(Math.toIntExact(planned));
    int[] gaps = indicesWithGaps(requests, planned);
    try (Stream<NodeRecord> lines = RequestFile.read(requests)) {
      lines.map(NodeRecord::record).forEach(record -> {
        int column = gaps.length == 0 ? record.index() : Arrays.binarySearch(gaps, record.index());
        if (column >= 0 && column < planned) {
          columns.add(record, column);
        }
      });
    }
    return columns;
  }

  /** Ascending; empty when every index is a column. */
  private static int[] indicesWithGaps(Path requests, long planned) throws IOException {
    try (Stream<NodeRecord> lines = RequestFile.read(requests)) {
      int[] indices = lines.mapToInt(line -> line.record().index()).distinct().sorted().toArray();
      return indices.length == 0 || indices[indices.length - 1] < planned ? new int[0] : indices;
    }
  }

  /** The most requests that were open within any one second. */
  int maxConcurrentRequests() {
    return Arrays.stream(inFlight).max().orElse(0);
  }

  /** The most output tokens of any one second, each request's tokens spread evenly from its first to its last. */
  double maxOutputTokensPerSecond() {
    return Arrays.stream(tokens).max().orElse(0);
  }

  private void add(RequestRecord record, int index) {
    inputTokens[index] = record.promptTokens();
    outputTokens[index] = record.outputTokens();
    intended[index] = Math.max(0, record.intendedNanos()) / NANOS;
    wait[index] = record.waitNanos() == RequestRecord.NEVER ? 0 : record.waitNanos() / NANOS;
    errors[index] = record.completed() ? "" : reason(record);
    if (record.completed()) {
      ttft[index] = record.ttftNanos() / NANOS;
      tpot[index] = record.tpotNanos() / NANOS;
      e2e[index] = record.e2eNanos() / NANOS;
      spreadTokens(record);
    }
    if (record.sentNanos() != RequestRecord.NEVER && record.endNanos() != RequestRecord.NEVER) {
      countInFlight(record);
    }
  }

  private static String reason(RequestRecord record) {
    return record.reason().isEmpty() ? record.outcome().name() : record.outcome().name() + ": " + record.reason();
  }

  private void spreadTokens(RequestRecord record) {
    double first = record.firstTokenNanos() / NANOS;
    double last = record.lastTokenNanos() / NANOS;
    int firstSecond = second(first);
    int lastSecond = second(last);
    tokens = grown(tokens, lastSecond);
    if (firstSecond == lastSecond) {
      tokens[firstSecond] += record.outputTokens();
      return;
    }
    double perSecond = record.outputTokens() / (last - first);
    for (int second = firstSecond; second <= lastSecond; second++) {
      double share = Math.min(last, second + 1.0) - Math.max(first, second);
      tokens[second] += perSecond * share;
    }
  }

  private void countInFlight(RequestRecord record) {
    int last = second(record.endNanos() / NANOS);
    if (last >= inFlight.length) {
      inFlight = Arrays.copyOf(inFlight, last * 2 + 1);
    }
    for (int second = second(record.sentNanos() / NANOS); second <= last; second++) {
      inFlight[second]++;
    }
  }

  private static int second(double seconds) {
    return Math.max(0, (int) seconds);
  }

  private static double[] grown(double[] buckets, int last) {
    return last < buckets.length ? buckets : Arrays.copyOf(buckets, last * 2 + 1);
  }

  private static double[] missed(int planned) {
    var column = new double[planned];
    Arrays.fill(column, MISSED);
    return column;
  }
}
