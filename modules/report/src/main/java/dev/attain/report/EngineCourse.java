package dev.attain.report;

import dev.attain.report.Chart.Sample;
import dev.attain.results.InstanceSamples;
import dev.attain.results.ServerMetricsFile;
import dev.attain.results.ServerSample;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;

/**
 * What the engines of one point said of themselves over time, all instances of a side together. A drawn value is the
 * largest of its time step, so that thinning hides no peak.
 *
 * @param start where the point begins on the axis of time, in seconds
 * @param seconds how long it was
 * @param step length of a time step in seconds
 */
record EngineCourse(ServerMetricsFile file, double start, double seconds, double step) {
  /** An instance that has not said anything for longer is not drawn. */
  private static final double STALE_STEPS = 2.5;

  /** The sides that said anything, in their order. */
  List<String> roles() {
    return file.instances().stream().map(InstanceSamples::role).distinct().toList();
  }

  /** Requests in the batch, of all instances of a side. */
  List<Sample> running(String role) {
    return samples(role, ServerSample::running, Double::sum, Numbers::plain);
  }

  /** Requests before the batch, likewise. */
  List<Sample> waiting(String role) {
    return samples(role, ServerSample::waiting, Double::sum, Numbers::plain);
  }

  /** Share of the KV cache in use, of the fullest instance of a side. */
  List<Sample> kvUsage(String role) {
    return samples(role, ServerSample::kvUsage, Math::max, Numbers::percent);
  }

  private List<Sample> samples(String role, Function<ServerSample, OptionalDouble> figure,
      DoubleBinaryOperator together, Function<Double, String> words) {
    List<Sample> samples = new ArrayList<>();
    for (double time = step; time <= seconds; time += step) {
      double at = start + time;
      value(role, time, figure, together)
          .ifPresent(value -> samples.add(new Sample(at, value, value, value, true, words.apply(value))));
    }
    return samples;
  }

  /** Empty when an instance of the side has said nothing: a sum without it would be too small. */
  private OptionalDouble value(String role, double time, Function<ServerSample, OptionalDouble> figure,
      DoubleBinaryOperator together) {
    List<OptionalDouble> values = file.instances().stream().filter(instance -> instance.role().equals(role))
        .map(instance -> atStep(instance, time, figure)).toList();
    return values.stream().allMatch(OptionalDouble::isPresent)
        ? values.stream().mapToDouble(OptionalDouble::getAsDouble).reduce(together)
        : OptionalDouble.empty();
  }

  private OptionalDouble atStep(InstanceSamples instance, double time,
      Function<ServerSample, OptionalDouble> figure) {
    OptionalDouble largest = instance.samples().stream()
        .filter(sample -> sample.t() > time - step && sample.t() <= time)
        .map(figure).flatMapToDouble(OptionalDouble::stream).max();
    return largest.isPresent()
        ? largest
        : instance.samples().stream()
            .filter(sample -> sample.t() > time - STALE_STEPS * step && sample.t() <= time)
            .map(figure).flatMapToDouble(OptionalDouble::stream).reduce((before, after) -> after);
  }
}
