package dev.attain.report;

import dev.attain.results.InstanceSamples;
import dev.attain.results.PointSummary;
import dev.attain.results.ServerMetricsFile;
import dev.attain.results.ServerSample;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** What invented engines said of a point. */
final class ServerCourse {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  private ServerCourse() {}

  /** One sample a second with 10 running requests, but 99 in the middle, and half of the KV cache in use. */
  static ServerMetricsFile of(int seconds, String... instances) {
    return new ServerMetricsFile(PointSummary.SCHEMA_VERSION, 1,
        Arrays.stream(instances).map(instance -> new InstanceSamples(instance, role(instance), "http://a",
            IntStream.rangeClosed(0, seconds).mapToObj(t -> new ServerSample(t, value(t == seconds / 2 ? 99 : 10),
                value(t % 3), value(0.5), NONE, NONE, NONE, NONE)).toList()))
            .toList(),
        List.of());
  }

  private static String role(String instance) {
    return instance.startsWith("prefill") ? "prefill" : instance.startsWith("decode") ? "decode" : "colocated";
  }

  private static OptionalDouble value(double value) {
    return OptionalDouble.of(value);
  }
}
