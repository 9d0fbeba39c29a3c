package dev.attain.selftest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What a server says of itself: how true it was in the interval since its last report. Its lateness is the time from
 * the instant at which an event was due until the kernel had taken it.
 *
 * @param requests answers begun
 * @param events token events sent
 * @param heldUp events that waited in the server because the client did not read; no part of the lateness
 * @param latenessMeanMicros of all events
 * @param latenessP50Micros of all events
 * @param latenessP99Micros of all events
 * @param latenessP999Micros of all events
 * @param latenessMaxMicros of all events
 * @param worstThreadP99Micros the p99 of the least punctual thread
 */
public record ServerReport(long requests, long events, long heldUp, double latenessMeanMicros,
    double latenessP50Micros, double latenessP99Micros, double latenessP999Micros, double latenessMaxMicros,
    double worstThreadP99Micros) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final double NANOS_PER_MICRO = 1000;

  static ServerReport of(List<Punctuality> threads) {
    Histogram all = threads.getFirst().latenessNanos().copy();
    threads.stream().skip(1).forEach(thread -> all.add(thread.latenessNanos()));
    return new ServerReport(threads.stream().mapToLong(Punctuality::requests).sum(),
        threads.stream().mapToLong(Punctuality::events).sum(),
        threads.stream().mapToLong(Punctuality::heldUp).sum(), all.getMean() / NANOS_PER_MICRO, micros(all, 50),
        micros(all, 99), micros(all, 99.9), micros(all, 100),
        threads.stream().mapToDouble(thread -> micros(thread.latenessNanos(), 99)).max().orElseThrow());
  }

  private static double micros(Histogram nanos, double percentile) {
    return nanos.getTotalCount() == 0 ? 0 : nanos.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
  }

  /** One line, without its end. */
  String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("requests", requests);
      json.writeNumberField("events", events);
      json.writeNumberField("heldUp", heldUp);
      json.writeObjectFieldStart("latenessMicros");
      json.writeNumberField("mean", latenessMeanMicros);
      json.writeNumberField("p50", latenessP50Micros);
      json.writeNumberField("p99", latenessP99Micros);
      json.writeNumberField("p999", latenessP999Micros);
      json.writeNumberField("max", latenessMaxMicros);
      json.writeNumberField("worstThreadP99", worstThreadP99Micros);
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * What {@link #json} wrote.
   *
   * @throws IOException when the line is something else
   */
  static ServerReport parse(String line) throws IOException {
    double[] values = new double[ServerReport.class.getRecordComponents().length];
    int found = 0;
    try (JsonParser json = JSON.createParser(line)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token.isNumeric() && found < values.length) {
          values[found++] = json.getDoubleValue();
        }
      }
    }
    if (found != values.length) {
      throw new IOException("the known-truth server was asked for a report and said: " + line);
    }
    return new ServerReport((long) values[0], (long) values[1], (long) values[2], values[3], values[4], values[5],
        values[6], values[7], values[8]);
  }
}
