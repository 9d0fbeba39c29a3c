package dev.attain.statistics;

import dev.attain.statistics.AttainmentCurve.Sample;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The highest load at which the target is met, from points of several loads.
 *
 * @param linear where the measured curve itself crosses the target, as the field does it
 * @param isotonic where the fit that never rises crosses it; the same unless the measured curve rises somewhere
 * @param low for each resample, the least that the crossing of its fit can be
 * @param high the most that it can be
 */
public record MaxLoad(Crossing linear, Crossing isotonic, double[] low, double[] high) {

  /**
   * A load with what resampling its requests gave.
   *
   * @param resampled the share in each resample, as many for every load
   */
  public record Load(Sample sample, double[] resampled) {
    private Sample in(int resample) {
      return new Sample(sample.load(), resampled[resample], sample.requests());
    }
  }

  /**
   * Finds it.
   *
   * @param loads ascending, each once
   * @param target share, above 0 and at most 1
   */
  public static MaxLoad of(List<Load> loads, double target) {
    var curve = new AttainmentCurve(loads.stream().map(Load::sample).toList());
    List<Crossing> resampled = IntStream.range(0, loads.getFirst().resampled().length)
        .mapToObj(resample -> new AttainmentCurve(loads.stream().map(load -> load.in(resample)).toList()).isotonic()
            .crossing(target))
        .toList();
    return new MaxLoad(curve.crossing(target), curve.isotonic().crossing(target),
        resampled.stream().mapToDouble(Crossing::low).toArray(),
        resampled.stream().mapToDouble(Crossing::high).toArray());
  }

  /**
   * The crossing of the fit with its interval. Where a resample crosses beyond the measured loads, an end is 0 or
   * infinite, when that happens in more than one of forty. Its value is NaN unless the crossing was measured.
   */
  public Estimate estimate() {
    return Estimate.between(isotonic instanceof Crossing.At at ? at.load() : Double.NaN, low, high);
  }

  /**
   * How many times the other's load this one sustains, resample by resample, so that what both have in common - the same
   * arrivals - does not count twice. Its value is NaN unless both crossings were measured.
   */
  public Estimate times(MaxLoad other) {
    double ratio = isotonic instanceof Crossing.At mine && other.isotonic instanceof Crossing.At theirs
        ? mine.load() / theirs.load()
        : Double.NaN;
    double[] lower = IntStream.range(0, low.length).mapToDouble(it -> low[it] / other.high[it]).toArray();
    double[] upper = IntStream.range(0, high.length).mapToDouble(it -> high[it] / other.low[it]).toArray();
    return Estimate.between(ratio, lower, upper);
  }
}
