package dev.attain.statistics;

import dev.attain.measurement.Interval;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Resamples a run in blocks of requests that follow each other, so that what neighbours have in common - a queue, a
 * batch - stays in the sample (H. R. Kuensch, "The jackknife and the bootstrap for general stationary observations",
 * 1989). All functions of one object draw the same blocks: values of two deployments for the same requests stay paired
 * when they are asked for one after the other. Values are in the order in which requests were intended. Immutable and
 * thread-safe.
 *
 * <p>
 * Few blocks resemble each other more than many runs would. What resamples give is therefore spread around the run's own
 * figure by t / z * sqrt(m / (m - 1)) for m blocks, with the 97.5 % quantiles of Student's distribution of m - 1 degrees
 * of freedom and of the normal one, as intervals from batch means are.
 */
public final class MovingBlocks {
  /** Enough for the ends of a 95 % interval to be steady in their second digit. */
  private static final int RESAMPLES = 2000;
  private static final double OUTSIDE = 0.975;

  /**
   * Near saturation a queue remembers hundreds of requests. Blocks of n^(1/3), or of four times what is in flight, called
   * a deployment different from itself in up to 43 of 100 comparisons of 1000 requests; five blocks do so in at most 5.
   */
  private static final int BLOCKS = 5;

  private final int requests;
  private final int blockLength;
  private final int resamples;
  private final long seed;
  private final double widening;

  /**
   * @param requests how many values there are
   * @param blockLength requests in a block, 1 for requests that have nothing in common
   * @param seed the same seed draws the same blocks
   * @throws IllegalArgumentException unless 1 <= blockLength <= requests and there is a resample
   */
  public MovingBlocks(int requests, int blockLength, int resamples, long seed) {
    if (blockLength < 1 || blockLength > requests || resamples < 1) {
      throw new IllegalArgumentException("no blocks of " + blockLength + " in " + requests + " requests, " + resamples
          + " times");
    }
    this.requests = requests;
    this.blockLength = blockLength;
    this.resamples = resamples;
    this.seed = seed;
    this.widening = widening(requests / blockLength);
  }

  /** As many resamples and so long blocks as a run deserves: a fifth of it. */
  public static MovingBlocks of(int requests, long seed) {
    return new MovingBlocks(requests, Math.max(1, requests / BLOCKS), RESAMPLES, seed);
  }

  /**
   * For each resample the share of requests that met something. Spread as it is, it can lie a little beyond 0 and 1:
   * cutting it off there would take from differences what they have on one side.
   */
  public double[] shares(boolean[] met) {
    requireLength(met.length);
    int[] before = new int[requests + 1];
    for (int request = 0; request < requests; request++) {
      before[request + 1] = before[request] + (met[request] ? 1 : 0);
    }
    double whole = (double) before[requests] / requests;
    return IntStream.range(0, resamples).mapToDouble(resample -> {
      long sum = 0;
      var random = random(resample);
      for (int taken = 0; taken < requests; taken += blockLength) {
        int start = start(random);
        sum += before[start + Math.min(blockLength, requests - taken)] - before[start];
      }
      return spread(whole, (double) sum / requests);
    }).toArray();
  }

  private double spread(double whole, double resampled) {
    return whole + widening * (resampled - whole);
  }

  /** One block knows nothing of what others would be like. */
  private static double widening(int blocks) {
    return blocks < 2
        ? 1
        : new TDistribution(blocks - 1).inverseCumulativeProbability(OUTSIDE) / Interval.Z_95
            * Math.sqrt(blocks / (blocks - 1.0));
  }

  /**
   * Percentiles of each resample, never negative: the smallest value that has at least that share of the others at or
   * below it. Values that are not finite - of requests that never completed - are left out; without any other the
   * percentile is NaN.
   *
   * @param shares of the percentiles, 0 to 1
   * @return for each percentile its value in each resample
   */
  public double[][] percentiles(double[] values, double... shares) {
    requireLength(values.length);
    int[] ascending = IntStream.range(0, requests).filter(request -> Double.isFinite(values[request])).boxed()
        .sorted((left, right) -> Double.compare(values[left], values[right])).mapToInt(Integer::intValue).toArray();
    double[] whole = Arrays.stream(shares).map(share -> percentile(values, share)).toArray();
    double[][] found = new double[shares.length][resamples];
    int[] times = new int[requests];
    for (int resample = 0; resample < resamples; resample++) {
      count(resample, times);
      long total = 0;
      for (int request : ascending) {
        total += times[request];
      }
      for (int which = 0; which < shares.length; which++) {
        double drawn = percentile(values, ascending, times, rank(shares[which], total));
        found[which][resample] = Math.max(0, spread(whole[which], drawn));
      }
    }
    return found;
  }

  /** The percentile of the run itself; NaN when no value is finite. */
  public static double percentile(double[] values, double share) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    return finite.length == 0 ? Double.NaN : finite[(int) rank(share, finite.length) - 1];
  }

  private static double rank(double share, long total) {
    return Math.max(1, Math.ceil(share * total));
  }

  private static double percentile(double[] values, int[] ascending, int[] times, double rank) {
    long below = 0;
    for (int request : ascending) {
      below += times[request];
      if (below >= rank) {
        return values[request];
      }
    }
    return Double.NaN;
  }

  /** How often each request is in a resample. */
  private void count(int resample, int[] times) {
    Arrays.fill(times, 0);
    var random = random(resample);
    for (int taken = 0; taken < requests; taken += blockLength) {
      int start = start(random);
      int end = start + Math.min(blockLength, requests - taken);
      for (int request = start; request < end; request++) {
        times[request]++;
      }
    }
  }

  private SplittableRandom random(int resample) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + resample);
  }

  private int start(SplittableRandom random) {
    return random.nextInt(requests - blockLength + 1);
  }

  private void requireLength(int length) {
    if (length != requests) {
      throw new IllegalArgumentException("blocks of " + requests + " requests cannot resample " + length);
    }
  }
}
