package dev.attain.report;

import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Slo;
import dev.attain.results.NodeRecord;
import dev.attain.results.TimelineRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * When what happened to the requests of a point, by their records: seconds from its start, ascending, without what never
 * happened. A request without a record is in none of them.
 *
 * @param left ends of those that had been sent
 * @param met ends of those that met both objectives
 */
record Stamps(double[] due, double[] sent, double[] left, double[] ended, double[] completed, double[] met) {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int DUE = 0;
  private static final int SENT = 1;
  private static final int END = 2;
  private static final int OUTCOME = 3;
  private static final long COMPLETED = 1;
  private static final long MET = 2;

  /** Of no request. */
  static Stamps none() {
    double[] nothing = {};
    return new Stamps(nothing, nothing, nothing, nothing, nothing, nothing);
  }

  /** Of records in any order; takes some 60 bytes for each of them meanwhile. */
  static Stamps of(Stream<NodeRecord> records, Slo slo) {
    long[][] all = records.map(NodeRecord::record).map(it -> new long[]{it.intendedNanos(), it.sentNanos(),
        it.endNanos(), (it.completed() ? COMPLETED : 0) + (it.meets(slo) ? MET : 0)}).toArray(long[][]::new);
    return new Stamps(ascending(all, DUE, it -> true), ascending(all, SENT, it -> true),
        ascending(all, END, it -> it[SENT] != RequestRecord.NEVER), ascending(all, END, it -> true),
        ascending(all, END, it -> (it[OUTCOME] & COMPLETED) != 0), ascending(all, END, it -> (it[OUTCOME] & MET) != 0));
  }

  private static double[] ascending(long[][] stamps, int which, Predicate<long[]> requests) {
    return Arrays.stream(stamps).filter(requests).mapToLong(it -> it[which]).filter(it -> it != RequestRecord.NEVER)
        .sorted().mapToDouble(it -> it / NANOS_PER_SECOND).toArray();
  }

  /** How many of ascending stamps are not after an instant. */
  static long until(double[] ascending, double seconds) {
    int found = Arrays.binarySearch(ascending, Math.nextUp(seconds));
    return found < 0 ? -found - 1 : found;
  }

  /** One a second until everything has ended; counts only, no percentiles. Empty without requests. */
  List<TimelineRow> rows() {
    var rows = new ArrayList<TimelineRow>();
    double last = Math.max(last(sent), last(ended));
    for (double second = 1; second < last + 1; second++) {
      long done = until(completed, second);
      rows.add(new TimelineRow(second, until(sent, second), until(sent, second) - until(left, second), done,
          until(ended, second) - done, 0, 0, 0, until(met, second), 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }
    return rows;
  }

  private static double last(double[] ascending) {
    return ascending.length == 0 ? 0 : ascending[ascending.length - 1];
  }
}
