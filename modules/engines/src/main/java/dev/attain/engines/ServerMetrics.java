package dev.attain.engines;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an engine says of itself at one moment: the samples of its Prometheus page. Engines label samples by model and
 * engine core, so values are always sums over the samples that match.
 */
public final class ServerMetrics {
  private static final Pattern UPPER_BOUND = Pattern.compile("(?:^|,)le=\"([^\"]*)\"");

  private record Sample(String name, String labels, double value) {}

  private final List<Sample> samples;

  private ServerMetrics(List<Sample> samples) {
    this.samples = List.copyOf(samples);
  }

  /** Reads Prometheus' text format; comments and lines that are no sample are left out. */
  public static ServerMetrics parse(String text) {
    List<Sample> samples = new ArrayList<>();
    text.lines().filter(line -> !line.startsWith("#")).forEach(line -> sample(line).ifPresent(samples::add));
    return new ServerMetrics(samples);
  }

  private static Optional<Sample> sample(String line) {
    int brace = line.indexOf('{');
    int nameEnd = brace >= 0 ? brace : line.indexOf(' ');
    int labelsEnd = brace >= 0 ? line.lastIndexOf('}') : nameEnd - 1;
    if (nameEnd <= 0 || labelsEnd < brace) {
      return Optional.empty();
    }
    String labels = brace >= 0 ? line.substring(brace + 1, labelsEnd) : "";
    // A timestamp may follow the value.
    String value = line.substring(labelsEnd + 1).strip().split(" ", 2)[0];
    try {
      return Optional.of(new Sample(line.substring(0, nameEnd), labels, Double.parseDouble(value)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether there is any sample of this name. */
  public boolean has(String name) {
    return samples.stream().anyMatch(sample -> sample.name().equals(name));
  }

  /** The sum over all samples of this name; 0 when there is none. */
  public double sum(String name) {
    return samples.stream().filter(sample -> sample.name().equals(name)).mapToDouble(Sample::value).sum();
  }

  /** The largest of all samples of this name; empty when there is none. */
  public OptionalDouble max(String name) {
    return samples.stream().filter(sample -> sample.name().equals(name)).mapToDouble(Sample::value).max();
  }

  /** The buckets of a histogram by their upper bounds, added up over its other labels. */
  Map<Double, Double> buckets(String histogram) {
    Map<Double, Double> buckets = new TreeMap<>();
    samples.stream().filter(sample -> sample.name().equals(histogram + "_bucket"))
        .forEach(sample -> upperBound(sample.labels())
            .ifPresent(bound -> buckets.merge(bound, sample.value(), Double::sum)));
    return buckets;
  }

  private static Optional<Double> upperBound(String labels) {
    Matcher bound = UPPER_BOUND.matcher(labels);
    try {
      return bound.find()
          ? Optional.of(bound.group(1).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound.group(1)))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The sum over the samples of this name whose label has this value. */
  public double sum(String name, String label, String value) {
    String wanted = label + "=\"" + value + "\"";
    return samples.stream().filter(sample -> sample.name().equals(name))
        .filter(sample -> ("," + sample.labels()).contains("," + wanted)).mapToDouble(Sample::value).sum();
  }
}
