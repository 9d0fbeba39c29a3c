package dev.attain.simulator;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;

/** A histogram with fixed bucket bounds, as Prometheus reads it. Any thread may record and read. */
final class BucketHistogram {

  private final double[] bounds;
  private final AtomicLongArray counts;
  private final DoubleAdder sum = new DoubleAdder();

  /** Upper bounds, ascending; a last bucket without bound is added. */
  BucketHistogram(double... bounds) {
    this.bounds = Arrays.copyOf(bounds, bounds.length);
    this.counts = new AtomicLongArray(bounds.length + 1);
  }

  /** The same buckets with nothing recorded. */
  BucketHistogram empty() {
    return new BucketHistogram(bounds);
  }

  void record(double value) {
    int index = Arrays.binarySearch(bounds, value);
    counts.incrementAndGet(index >= 0 ? index : -index - 1);
    sum.add(value);
  }

  int buckets() {
    return counts.length();
  }

  /** Bound of a bucket, infinite for the last. */
  double bound(int bucket) {
    return bucket < bounds.length ? bounds[bucket] : Double.POSITIVE_INFINITY;
  }

  long count(int bucket) {
    return counts.get(bucket);
  }

  long total() {
    long total = 0;
    for (int bucket = 0; bucket < counts.length(); bucket++) {
      total += counts.get(bucket);
    }
    return total;
  }

  double sum() {
    return sum.sum();
  }
}
