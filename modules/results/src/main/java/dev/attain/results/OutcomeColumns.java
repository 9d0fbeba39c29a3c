package dev.attain.results;

import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Slo;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What a judgement needs of each request, collected as records arrive, 44 bytes each. Seconds; {@code NaN} stands for
 * what did not happen. Not thread-safe.
 */
final class OutcomeColumns {
  private static final double NANOS = 1e9;

  private final Slo slo;
  private final Column from = new Column();
  private final Column until = new Column();
  private final Column ttft = new Column();
  private final Column tpot = new Column();
  private final Column severity = new Column();
  private int[] index = new int[Column.FIRST_SIZE];
  private int count;

  /** One figure of all requests, in the order in which their records arrived. */
  private static final class Column {
    private static final int FIRST_SIZE = 1024;
    private double[] values = new double[FIRST_SIZE];

    void set(int row, double value) {
      if (row == values.length) {
        values = Arrays.copyOf(values, 2 * row);
      }
      values[row] = value;
    }

    /** The values of these rows; a row of -1 has none. */
    double[] of(int[] rows, double absent) {
      return Arrays.stream(rows).mapToDouble(row -> row < 0 ? absent : values[row]).toArray();
    }
  }

  /**
   * All planned requests in the order in which they were intended. A request without a record was lost: it takes no time
   * and meets nothing.
   *
   * @param from when each was due
   * @param until when each had ended
   * @param ttft of completed ones
   * @param tpot of completed ones
   * @param severity the factor on both objectives that each needs, infinite for one that did not complete
   */
  record Ordered(double[] from, double[] until, double[] ttft, double[] tpot, double[] severity) {}

  OutcomeColumns(Slo slo) {
    this.slo = slo;
  }

  void add(RequestRecord record) {
    if (count == index.length) {
      index = Arrays.copyOf(index, 2 * count);
    }
    index[count] = record.index();
    from.set(count, seconds(record.intendedNanos()));
    until.set(count, seconds(record.outcome() == Outcome.UNSENT ? record.intendedNanos() : record.endNanos()));
    ttft.set(count, record.completed() ? seconds(record.ttftNanos()) : Double.NaN);
    tpot.set(count, record.completed() ? seconds(record.tpotNanos()) : Double.NaN);
    severity.set(count, record.requiredScale(slo));
    count++;
  }

  /** In a closed loop the numbers of requests are no order in time: each user counts its own. */
  Ordered ordered(long planned, LoopKind loop) {
    int size = Math.toIntExact(Math.max(planned, count));
    int[] rows = rows(size, loop);
    double[] due = from.of(rows, Double.NaN);
    double[] ended = until.of(rows, Double.NaN);
    for (int row = 0; row < size; row++) {
      if (Double.isNaN(due[row])) {
        due[row] = row == 0 ? 0 : due[row - 1];
        ended[row] = due[row];
      }
    }
    return new Ordered(due, ended, ttft.of(rows, Double.NaN), tpot.of(rows, Double.NaN),
        severity.of(rows, Double.POSITIVE_INFINITY));
  }

  private int[] rows(int size, LoopKind loop) {
    int[] rows = new int[size];
    Arrays.fill(rows, -1);
    if (loop == LoopKind.OPEN && IntStream.range(0, count).allMatch(row -> index[row] < size)) {
      IntStream.range(0, count).forEach(row -> rows[index[row]] = row);
    } else {
      int[] byTime = IntStream.range(0, count).boxed().sorted(Comparator.comparingDouble(row -> from.values[row]))
          .mapToInt(Integer::intValue).toArray();
      System.arraycopy(byTime, 0, rows, 0, count);
    }
    return rows;
  }

  private static double seconds(long nanos) {
    return nanos == RequestRecord.NEVER ? Double.NaN : nanos / NANOS;
  }
}
