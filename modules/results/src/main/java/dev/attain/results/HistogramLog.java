package dev.attain.results;

import dev.attain.measurement.Latencies;
import dev.attain.measurement.LatencyMetric;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * {@code histograms.hlog} in HdrHistogram's own log format, one line for each metric, tagged with the metric's name:
 * microseconds, except {@code requiredScale}, which is in thousandths of the SLO.
 */
final class HistogramLog {
  /** The log's column of maxima is only a convenience; its values are in the histogram's own unit. */
  private static final double NATIVE_UNIT = 1.0;

  private HistogramLog() {}

  static void write(Latencies latencies, Instant start, double seconds, OutputStream out) {
    var writer = new HistogramLogWriter(new PrintStream(out, false, StandardCharsets.UTF_8));
    writer.outputComment("[Latencies of one point; microseconds, requiredScale in thousandths of the SLO]");
    writer.outputLogFormatVersion();
    writer.outputStartTime(start.toEpochMilli());
    writer.outputLegend();
    for (LatencyMetric metric : LatencyMetric.values()) {
      writeLine(writer, metric.jsonName(), latencies.of(metric), seconds);
    }
    writeLine(writer, "requiredScale", latencies.requiredScale(), seconds);
    writer.close();
  }

  private static void writeLine(HistogramLogWriter writer, String tag, Histogram histogram, double seconds) {
    Histogram tagged = histogram.copy();
    tagged.setTag(tag);
    writer.outputIntervalHistogram(0.0, seconds, tagged, NATIVE_UNIT);
  }
}
