package dev.attain.results;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;

/**
 * How the values of one metric are distributed: its merged histogram of all nodes, in which a value is known within
 * 0.1 %.
 *
 * @param steps ascending in both; the last one has share 1; empty when there is no value
 * @param count number of values
 */
public record Distribution(List<Step> steps, long count) {
  private static final double MICROS_PER_SECOND = 1e6;

  /**
   * Up to a value.
   *
   * @param seconds the value
   * @param share of all values that are not above it, more than 0 to 1
   */
  public record Step(double seconds, double share) {}

  /** Copies the list. */
  public Distribution {
    steps = List.copyOf(steps);
  }

  static Map<String, Distribution> read(Path file) throws BundleException {
    var distributions = new LinkedHashMap<String, Distribution>();
    HistogramLog.read(file).forEach((tag, histogram) -> {
      if (!tag.equals(HistogramLog.REQUIRED_SCALE)) {
        distributions.put(tag, of(histogram));
      }
    });
    return distributions;
  }

  private static Distribution of(Histogram histogram) {
    var steps = new ArrayList<Step>();
    long total = histogram.getTotalCount();
    histogram.recordedValues().forEach(value -> steps.add(new Step(
        value.getValueIteratedTo() / MICROS_PER_SECOND, (double) value.getTotalCountToThisValue() / total)));
    return new Distribution(steps, total);
  }

  /**
   * The same with fewer steps, every one of them a step of this: the first and the last, and in between those closest
   * above evenly spaced shares, a quarter of them in the slowest tenth, where steps are long and matter most.
   *
   * @param most at least 8
   */
  public Distribution thinned(int most) {
    if (steps.size() <= most) {
      return this;
    }
    var kept = new TreeSet<Integer>();
    kept.add(0);
    kept.add(steps.size() - 1);
    int slow = most / 4;
    int rest = most - slow - 2;
    for (int number = 1; number <= rest; number++) {
      kept.add(firstAtLeast(0.9 * number / rest));
    }
    for (int number = 1; number <= slow; number++) {
      kept.add(firstAtLeast(0.9 + 0.1 * number / (slow + 1)));
    }
    return new Distribution(kept.stream().map(steps::get).toList(), count);
  }

  private int firstAtLeast(double share) {
    int low = 0;
    int high = steps.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (steps.get(middle).share() >= share) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
