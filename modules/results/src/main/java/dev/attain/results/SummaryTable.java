package dev.attain.results;

import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.Percentiles;
import dev.attain.statistics.Overload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code summary.csv}: one row for each finished point; seconds and shares as in {@code summary.json}. The cells of
 * stages are empty when no request went in two legs, that of the rate in a closed loop, that of the concurrency in an
 * open one, and those of what was not judged.
 */
final class SummaryTable {
  private static final String HEADER = "deployment,point,loop,rate,concurrency,repeat,seed,verdict,planned,completed,failed,timed_out,"
      + "unsent,lost,attainment_both,attainment_ttft,attainment_tpot,attainment_low,attainment_high,target,goodput,"
      + "request_throughput,output_token_throughput,total_token_throughput";

  private SummaryTable() {}

  static String of(List<PointSummary> points) {
    var text = new StringBuilder(HEADER);
    for (String metric : List.of("ttft", "tpot", "e2e", "itl", "send_lag", "in_flight_wait", "itl_per_token")) {
      text.append(",").append(metric).append("_mean,").append(metric).append("_p50,").append(metric).append("_p90,")
          .append(metric).append("_p99");
    }
    for (String stage : List.of("prefill_leg", "hand_over", "decode_first")) {
      text.append(",").append(stage).append("_mean,").append(stage).append("_p50,").append(stage).append("_p90,")
          .append(stage).append("_p99,").append(stage).append("_share");
    }
    text.append(",independent_requests,warm_up_requests,overloaded,reasons\n");
    points.forEach(point -> text.append(row(point)).append('\n'));
    return text.toString();
  }

  private static String row(PointSummary point) {
    var cells = new ArrayList<Object>(List.of(quoted(point.deployment()), quoted(point.point()),
        point.loop() == LoopKind.OPEN ? "open" : "closed", orNothing(point.rate()), orNothing(point.concurrency()),
        point.repeat(), point.seed(), point.verdict(), point.planned(), point.completed(), point.failed(),
        point.timedOut(), point.unsent(), point.lost()));
    var attainment = point.attainment();
    cells.addAll(List.of(attainment.both(), attainment.ttft(), attainment.tpot(), attainment.low(), attainment.high(),
        attainment.target(), point.goodput(), point.throughput().requests(), point.throughput().outputTokens(),
        point.throughput().totalTokens()));
    for (Percentiles metric : List.of(point.ttft(), point.tpot(), point.e2e(), point.itl(), point.sendLag(),
        point.inFlightWait(), point.itlPerToken())) {
      cells.addAll(List.of(metric.mean(), metric.p50(), metric.p90(), metric.p99()));
    }
    for (LatencyMetric name : LatencyMetric.STAGES) {
      Stage stage = point.stages().get(name.jsonName());
      cells.addAll(stage == null
          ? Collections.nCopies(5, "")
          : List.of(stage.mean(), stage.p50(), stage.p90(), stage.p99(), stage.share()));
    }
    cells.add(orNothing(point.confidence().map(Confidence::independentRequests)));
    cells.add(orNothing(point.confidence().flatMap(Confidence::steadyState).map(SteadyFigures::warmUpRequests)));
    cells.add(orNothing(point.confidence().flatMap(Confidence::overload).map(Overload::overloaded)));
    cells.add(quoted(String.join("; ", point.reasons())));
    return cells.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static Object orNothing(Optional<?> cell) {
    return cell.isPresent() ? cell.get() : "";
  }

  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9_.-]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
