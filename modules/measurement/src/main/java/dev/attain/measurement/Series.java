package dev.attain.measurement;

import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * One distribution of a snapshot, made when it is first asked for: of sixteen nodes' snapshots a second most are replaced
 * by newer ones before anybody has looked at more than two of their distributions. Readable from any thread; two that ask
 * first at the same time may both make it, and get equal ones.
 */
final class Series {
  /** Stands for every series without a value, so that stages which a deployment does not have cost nothing. */
  static final Series NO_VALUES = new Series(HistogramLayout.SHARED.histogram());

  private volatile Supplier<Histogram> histogram;

  private Series(Histogram histogram) {
    this.histogram = () -> histogram;
  }

  private Series(Supplier<Histogram> source) {
    this.histogram = () -> {
      Histogram made = source.get();
      histogram = () -> made;
      return made;
    };
  }

  /** Of what the histogram holds now. */
  static Series copyOf(Histogram histogram) {
    return histogram.getTotalCount() == 0 ? NO_VALUES : new Series(histogram.copy());
  }

  /** @param source asked once as a rule; whatever it throws comes to whoever asks for the histogram */
  static Series onDemand(Supplier<Histogram> source) {
    return new Series(source);
  }

  /** Nobody may write to it. */
  Histogram histogram() {
    return histogram.get();
  }
}
