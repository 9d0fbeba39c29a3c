package dev.attain.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attain.schedule.ArrivalProcess.Gamma;
import dev.attain.schedule.ArrivalProcess.Poisson;
import dev.attain.schedule.Extent.Requests;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Seeds are fixed, so these never fail by chance; bounds are about four standard errors. */
class ArrivalStatisticsTest {
  private static final int ARRIVALS = 200_000;

  @Test
  void poissonGapsHaveMeanAndDeviationOne() {
    for (long seed = 0; seed < 5; seed++) {
      double[] gaps = gaps(new Poisson(), seed);
      assertThat(mean(gaps)).isCloseTo(1, within(0.009));
      assertThat(variation(gaps)).isCloseTo(1, within(0.009));
    }
  }

  @Test
  void poissonGapsAreExponential() {
    double[] gaps = gaps(new Poisson(), 7);
    Arrays.sort(gaps);
    double distance = IntStream.range(0, ARRIVALS)
        .mapToDouble(rank -> Math.abs((rank + 0.5) / ARRIVALS - (1 - Math.exp(-gaps[rank])))).max().orElseThrow();
    // Kolmogorov and Smirnov: exceeded by one sample in ten thousand.
    assertThat(distance * Math.sqrt(ARRIVALS)).isLessThan(2.23);
  }

  @Test
  void poissonCountsVaryAsMuchAsTheirMean() {
    for (double windowLength : new double[]{1, 10, 100}) {
      for (long seed = 0; seed < 5; seed++) {
        double[] counts = counts(gaps(new Poisson(), seed), windowLength);
        double dispersion = variation(counts) * variation(counts) * mean(counts);
        assertThat(dispersion).isCloseTo(1, within(4 * Math.sqrt((2 + 1 / windowLength) / counts.length)));
      }
    }
  }

  @Test
  void gammaGapsHaveTheVariationTheirBurstinessAsksFor() {
    for (double burstiness : new double[]{0.05, 0.25, 0.5, 0.9, 1, 1.5, 4, 100, 1_000_000}) {
      double[] gaps = gaps(new Gamma(burstiness), 11);
      double expected = 1 / Math.sqrt(burstiness);
      assertThat(mean(gaps)).as("mean at %s", burstiness).isCloseTo(1, within(4 * expected / Math.sqrt(ARRIVALS)));
      assertThat(variation(gaps) / expected).as("variation at %s", burstiness).isCloseTo(1,
          within(4 * Math.sqrt((0.5 + 1.5 / burstiness) / ARRIVALS)));
    }
  }

  @Test
  void gammaGapsHaveTheSkewnessOfTheirShape() {
    for (double burstiness : new double[]{0.25, 0.5, 2, 4}) {
      double[] gaps = gaps(new Gamma(burstiness), 13);
      double mean = mean(gaps);
      double deviation = variation(gaps) * mean;
      double skewness = mean(Arrays.stream(gaps).map(gap -> Math.pow((gap - mean) / deviation, 3)).toArray());
      assertThat(skewness * Math.sqrt(burstiness) / 2).isCloseTo(1, within(0.05));
    }
  }

  @Test
  void neighbouringGapsAndNeighbouringSeedsAreUncorrelated() {
    double[] gaps = gaps(new Poisson(), 17);
    assertThat(correlation(Arrays.copyOf(gaps, ARRIVALS - 1), Arrays.copyOfRange(gaps, 1, ARRIVALS))).isCloseTo(0,
        within(0.009));
    assertThat(correlation(gaps, gaps(new Poisson(), 18))).isCloseTo(0, within(0.009));
  }

  private static double[] gaps(ArrivalProcess process, long seed) {
    ArrivalSchedule schedule = ArrivalSchedule.plan(process, seed, 1, new Requests(ARRIVALS));
    double[] gaps = new double[ARRIVALS];
    for (int index = 0; index < ARRIVALS; index++) {
      gaps[index] = (schedule.intendedNanos(index) - (index == 0 ? 0 : schedule.intendedNanos(index - 1))) / 1e9;
    }
    return gaps;
  }

  private static double[] counts(double[] gaps, double windowLength) {
    double[] counts = new double[(int) (0.95 * ARRIVALS / windowLength)];
    double time = 0;
    for (double gap : gaps) {
      time += gap;
      int window = (int) (time / windowLength);
      if (window < counts.length) {
        counts[window]++;
      }
    }
    return counts;
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElseThrow();
  }

  /** Coefficient of variation. */
  private static double variation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(DoubleStream.of(values).map(value -> (value - mean) * (value - mean)).average().orElseThrow())
        / mean;
  }

  private static double correlation(double[] first, double[] second) {
    double firstMean = mean(first);
    double secondMean = mean(second);
    double covariance = IntStream.range(0, first.length)
        .mapToDouble(i -> (first[i] - firstMean) * (second[i] - secondMean)).average().orElseThrow();
    return covariance / (variation(first) * firstMean * variation(second) * secondMean);
  }
}
