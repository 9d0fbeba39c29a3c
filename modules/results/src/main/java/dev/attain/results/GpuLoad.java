package dev.attain.results;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * The work of one GPU during a point, over the samples of the measured time.
 *
 * @param instance the instances that run on it
 * @param utilisationMean share of the time, 0 to 1
 */
public record GpuLoad(String node, int gpu, String instance, OptionalDouble memoryMaxMebibytes,
    OptionalDouble utilisationMean, OptionalDouble powerMeanWatts) {

  static GpuLoad of(GpuSamples gpu, double seconds) {
    List<GpuSample> measured = gpu.samples().stream().filter(sample -> sample.t() >= 0 && sample.t() <= seconds)
        .toList();
    return new GpuLoad(gpu.node(), gpu.gpu(), gpu.instance(),
        values(measured, GpuSample::memoryUsedMebibytes).max(), values(measured, GpuSample::utilisation).average(),
        values(measured, GpuSample::powerWatts).average());
  }

  private static DoubleStream values(List<GpuSample> samples, Function<GpuSample, OptionalDouble> figure) {
    return samples.stream().map(figure).flatMapToDouble(OptionalDouble::stream);
  }
}
