package dev.attain.results;

import dev.attain.measurement.Latencies;
import dev.attain.measurement.LatencyMetric;
import java.io.FileNotFoundException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

/**
 * {@code histograms.hlog} in HdrHistogram's own log format, one line for each metric, tagged with the metric's name:
 * microseconds, except {@code requiredScale}, which is in thousandths of the SLO.
 */
final class HistogramLog {
  /** The log's column of maxima is only a convenience; its values are in the histogram's own unit. */
  private static final double NATIVE_UNIT = 1.0;

  /** Tag of the only histogram that is not one of times. */
  static final String REQUIRED_SCALE = "requiredScale";

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
    writeLine(writer, REQUIRED_SCALE, latencies.requiredScale(), seconds);
    writer.close();
  }

  /**
   * The histograms of a file by their tags; none when it is not there.
   *
   * @throws BundleException when it cannot be read
   */
  static Map<String, Histogram> read(Path file) throws BundleException {
    var histograms = new LinkedHashMap<String, Histogram>();
    if (!Files.isRegularFile(file)) {
      return histograms;
    }
    try (var reader = new HistogramLogReader(file.toFile())) {
      while (reader.hasNext()) {
        if (reader.nextIntervalHistogram() instanceof Histogram histogram && histogram.getTag() != null) {
          histograms.put(histogram.getTag(), histogram);
        }
      }
      return histograms;
    } catch (FileNotFoundException | RuntimeException e) {
      throw new BundleException(file + ": cannot be read: " + e, e);
    }
  }

  private static void writeLine(HistogramLogWriter writer, String tag, Histogram histogram, double seconds) {
    Histogram tagged = histogram.copy();
    tagged.setTag(tag);
    writer.outputIntervalHistogram(0.0, seconds, tagged, NATIVE_UNIT);
  }
}
