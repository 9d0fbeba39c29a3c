package dev.attain.results;

import dev.attain.measurement.Counts;

/**
 * Work finished per second over the measured window, which runs from the first intended arrival to the last end of a
 * request, so that ramp-up and drain are inside it.
 *
 * @param requests completed requests per second
 * @param outputTokens output tokens of completed requests per second
 * @param totalTokens prompt and output tokens of completed requests per second
 */
public record Throughput(double requests, double outputTokens, double totalTokens) {
  static Throughput of(Counts counts, double seconds) {
    return new Throughput(PointSummary.perSecond(counts.completed(), seconds),
        PointSummary.perSecond(counts.outputTokens(), seconds),
        PointSummary.perSecond(counts.promptTokens() + counts.outputTokens(), seconds));
  }
}
