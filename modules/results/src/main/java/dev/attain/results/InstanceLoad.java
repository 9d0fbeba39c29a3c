package dev.attain.results;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * The work of one instance during a point, in a few numbers. Means and maxima are over the samples of the measured time;
 * counts are what came to them during the point. What the engine does not offer is {@code null} in the file.
 *
 * @param samples how many there are
 * @param stepTokensMean tokens of a step of the engine
 */
public record InstanceLoad(String instance, String role, int samples, OptionalDouble runningMean,
    OptionalDouble runningMax, OptionalDouble waitingMean, OptionalDouble waitingMax, OptionalDouble kvUsageMean,
    OptionalDouble kvUsageMax, OptionalDouble preemptions, OptionalDouble promptTokens, OptionalDouble generatedTokens,
    OptionalDouble stepTokensMean) {

  /** @param seconds the measured time; the samples just before and after it are there for the counts only */
  static InstanceLoad of(InstanceSamples instance, double seconds) {
    List<ServerSample> all = instance.samples();
    List<ServerSample> measured = all.stream().filter(sample -> sample.t() >= 0 && sample.t() <= seconds).toList();
    return new InstanceLoad(instance.instance(), instance.role(), measured.size(),
        values(measured, ServerSample::running).average(), values(measured, ServerSample::running).max(),
        values(measured, ServerSample::waiting).average(), values(measured, ServerSample::waiting).max(),
        values(measured, ServerSample::kvUsage).average(), values(measured, ServerSample::kvUsage).max(),
        growth(all, ServerSample::preemptions), growth(all, ServerSample::promptTokens),
        growth(all, ServerSample::generatedTokens), values(measured, ServerSample::stepTokens).average());
  }

  private static DoubleStream values(List<ServerSample> samples, Function<ServerSample, OptionalDouble> figure) {
    return samples.stream().map(figure).flatMapToDouble(OptionalDouble::stream);
  }

  /** A counter that is not there at first starts at 0 when it appears, as Prometheus counters do. */
  private static OptionalDouble growth(List<ServerSample> samples, Function<ServerSample, OptionalDouble> counter) {
    OptionalDouble last = values(samples, counter).reduce((before, after) -> after);
    if (last.isEmpty()) {
      return last;
    }
    double first = counter.apply(samples.getFirst()).orElse(0);
    // Less than before: the instance was restarted, and what it has counted since is all that is known.
    return OptionalDouble.of(last.getAsDouble() >= first ? last.getAsDouble() - first : last.getAsDouble());
  }
}
