package dev.attain.engines;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an engine says of itself at one moment: the samples of its Prometheus page. Engines label samples by model and
 * engine core, so values are always sums over the samples that match.
 */
public final class ServerMetrics {
  private record Sample(String name, String labels, double value) {}

  private final List<Sample> samples;

  private ServerMetrics(List<Sample> samples) {
    this.samples = List.copyOf(samples);
  }

  /**
   * Reads {@code GET /metrics}.
   *
   * @param base the engine without {@code /v1}
   * @throws IOException when there is no such page within {@code limit}; the message is a sentence for the user
   */
  public static ServerMetrics of(URI base, Optional<String> bearerToken, Duration limit)
      throws IOException, InterruptedException {
    URI page = URI.create(base.toString().replaceFirst("/v1/?$", "").replaceFirst("/+$", "") + "/metrics");
    try (Http http = new Http()) {
      HttpResponse<String> answer = http.get(page, bearerToken, limit);
      if (answer.statusCode() != 200) {
        throw new IOException("HTTP " + answer.statusCode());
      }
      return parse(answer.body());
    } catch (IOException e) {
      throw new IOException("cannot read the engine's metrics: GET %s gives: %s".formatted(page, e.getMessage()), e);
    }
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

  /** The sum over the samples of this name whose label has this value. */
  public double sum(String name, String label, String value) {
    String wanted = label + "=\"" + value + "\"";
    return samples.stream().filter(sample -> sample.name().equals(name))
        .filter(sample -> ("," + sample.labels()).contains("," + wanted)).mapToDouble(Sample::value).sum();
  }
}
