package dev.attain.results;

import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Sending;
import dev.attain.measurement.Slo;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A column of an export; what it means stands in {@code schema/request.schema.json}.
 *
 * @param title as it stands in the file, with its unit
 */
record ExportColumn(String title, Function<ExportColumn.Line, Object> value) {
  private static final int NANOS_DIGITS = 9;

  /** In the order of the file. */
  static final List<ExportColumn> ALL = List.of(
      new ExportColumn("deployment", line -> line.point().deployment()),
      new ExportColumn("point", line -> line.point().point()),
      new ExportColumn("rate_per_s", line -> line.point().rate().orElse(null)),
      new ExportColumn("concurrency", line -> line.point().concurrency().orElse(null)),
      new ExportColumn("repeat", line -> line.point().repeat()),
      new ExportColumn("node", Line::node),
      new ExportColumn("index", line -> line.record().index()),
      new ExportColumn("outcome", line -> line.record().outcome().name()),
      new ExportColumn("reason", line -> line.record().reason()),
      new ExportColumn("met_both", line -> line.record().meets(line.slo())),
      new ExportColumn("met_ttft", line -> line.record().meetsTtft(line.slo())),
      new ExportColumn("met_tpot", line -> line.record().meetsTpot(line.slo())),
      new ExportColumn("ttft_s", completed(RequestRecord::ttftNanos)),
      new ExportColumn("tpot_s", completed(RequestRecord::tpotNanos)),
      new ExportColumn("e2e_s", completed(RequestRecord::e2eNanos)),
      new ExportColumn("service_ttft_s", completed(RequestRecord::serviceTtftNanos)),
      new ExportColumn("normalized_latency_s_per_token", completed(RequestRecord::normalizedNanos)),
      new ExportColumn("send_lag_s", seconds(RequestRecord::sendLagNanos)),
      new ExportColumn("in_flight_wait_s", seconds(RequestRecord::waitNanos)),
      new ExportColumn("prompt_tokens", line -> line.record().promptTokens()),
      new ExportColumn("planned_output_tokens", line -> line.record().plannedOutputTokens()),
      new ExportColumn("output_tokens", line -> line.record().outputTokens()),
      new ExportColumn("token_events", line -> line.record().tokenEvents()),
      new ExportColumn("counted_tokens", line -> line.record().countedTokens()),
      new ExportColumn("intended_s", seconds(RequestRecord::intendedNanos)),
      new ExportColumn("released_s", seconds(RequestRecord::releasedNanos)),
      new ExportColumn("handed_s", sending(Sending::handedNanos)),
      new ExportColumn("sent_s", seconds(RequestRecord::sentNanos)),
      new ExportColumn("written_s", sending(Sending::writtenNanos)),
      new ExportColumn("prefill_done_s", seconds(RequestRecord::prefillDoneNanos)),
      new ExportColumn("decode_sent_s", seconds(RequestRecord::decodeSentNanos)),
      new ExportColumn("first_byte_s", seconds(RequestRecord::firstByteNanos)),
      new ExportColumn("first_token_s", seconds(RequestRecord::firstTokenNanos)),
      new ExportColumn("last_token_s", seconds(RequestRecord::lastTokenNanos)),
      new ExportColumn("end_s", seconds(RequestRecord::endNanos)),
      new ExportColumn("connections_opened", line -> line.record().sending().connectionsOpened()),
      new ExportColumn("connect_time_s", sending(Sending::connectNanos)),
      new ExportColumn("connection_idle_s", sending(Sending::idleNanos)),
      new ExportColumn("stale_connection", line -> line.record().sending().staleConnection()),
      new ExportColumn("prefill_instance", instance(RequestRecord::prefillInstance)),
      new ExportColumn("decode_instance", instance(RequestRecord::decodeInstance)));

  /** A request, the point that it belongs to, and the objectives that it is judged by. */
  record Line(PointEntry point, String node, RequestRecord record, Slo slo) {}

  /** A text, a number or a truth value; nothing ({@code null}) for what did not happen, to be written as such. */
  Object of(Line line) {
    return value.apply(line);
  }

  private static Function<Line, Object> completed(ToLongFunction<RequestRecord> nanos) {
    return line -> line.record().completed() ? seconds(nanos.applyAsLong(line.record())) : null;
  }

  private static Function<Line, Object> seconds(ToLongFunction<RequestRecord> nanos) {
    return line -> seconds(nanos.applyAsLong(line.record()));
  }

  private static Function<Line, Object> sending(ToLongFunction<Sending> nanos) {
    return line -> seconds(nanos.applyAsLong(line.record().sending()));
  }

  private static Function<Line, Object> instance(ToLongFunction<RequestRecord> number) {
    return line -> number.applyAsLong(line.record()) < 0 ? null : number.applyAsLong(line.record());
  }

  private static Object seconds(long nanos) {
    return nanos == RequestRecord.NEVER ? null : BigDecimal.valueOf(nanos, NANOS_DIGITS);
  }
}
