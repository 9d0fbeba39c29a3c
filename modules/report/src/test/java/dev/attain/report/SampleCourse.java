package dev.attain.report;

import dev.attain.measurement.Collector;
import dev.attain.measurement.Latencies;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.Recorder;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Slo;
import dev.attain.results.NodeRecord;
import dev.attain.results.TimelineRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The requests of an invented point: evenly due, all answered equally fast but for a little more with each request, 20
 * tokens each; the first of them meet the objectives, the last two fail.
 */
final class SampleCourse {
  private static final long TOKENS = 20;
  private static final int FAILED = 2;
  private static final double NANOS = 1e9;
  private static final double LATE = 0.6;

  private final List<RequestRecord> requests;
  private final long met;

  /** @param ttft in seconds, likewise the TPOT */
  SampleCourse(long planned, double rate, long met, double ttft, double tpot) {
    this.met = met;
    this.requests = IntStream.range(0, (int) planned).mapToObj(index -> {
      long due = Math.round(index / rate * NANOS);
      // What is not to meet the objectives comes after all of them.
      long first = due
          + Math.round((index < met ? ttft : Math.max(ttft, LATE)) * (1 + index / (double) planned) * NANOS);
      long last = first + Math.round(tpot * (TOKENS - 1) * NANOS);
      return index < planned - FAILED
          ? new RequestRecord(index, 32, (int) TOKENS, (int) TOKENS, (int) TOKENS, due, due + 20_000,
              RequestRecord.NEVER, RequestRecord.NEVER, first, first, last, last, Outcome.COMPLETED, "", -1, 0)
          : new RequestRecord(index, 32, (int) TOKENS, 0, 0, due, due + 20_000, RequestRecord.NEVER,
              RequestRecord.NEVER, RequestRecord.NEVER, RequestRecord.NEVER, RequestRecord.NEVER, due + 1_000_000,
              Outcome.FAILED, "HTTP 500 <oops> & more", -1, 0);
    }).toList();
  }

  List<NodeRecord> records() {
    return requests.stream().map(record -> new NodeRecord("load-1", record)).toList();
  }

  Latencies latencies() {
    var recorder = new Recorder(new Slo(Duration.ofMillis(500), Duration.ofMillis(30)));
    for (RequestRecord request : requests) {
      recorder.sent();
      if (request.completed()) {
        LongStream.range(1, TOKENS).forEach(gap -> recorder.tokenGap(request.tpotNanos()));
      }
      recorder.finished(request);
    }
    return new Collector(List.of(recorder), requests.size()).snapshot().latencies();
  }

  /** One a second until everything has ended. */
  List<TimelineRow> rows() {
    var rows = new ArrayList<TimelineRow>();
    double last = requests.stream().mapToLong(RequestRecord::endNanos).max().orElse(0) / NANOS;
    for (double second = 1; second < last + 1; second++) {
      double now = second * NANOS;
      long sent = requests.stream().filter(it -> it.sentNanos() <= now).count();
      long completed = requests.stream().filter(it -> it.completed() && it.endNanos() <= now).count();
      long failed = requests.stream().filter(it -> !it.completed() && it.endNanos() <= now).count();
      rows.add(new TimelineRow(second, sent, sent - completed - failed, completed, failed, 0, 0, 0,
          Math.min(met, completed), completed * TOKENS, 0, 0, 0, 0, 0, 0, 0, 0));
    }
    return rows;
  }
}
