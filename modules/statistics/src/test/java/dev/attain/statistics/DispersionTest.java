package dev.attain.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.GammaDistribution;
import org.junit.jupiter.api.Test;

class DispersionTest {
  private static final int RUNS = 400;

  /** As many as fit into 100 seconds at 20 a second. */
  private static double[] arrivals(Random random, ToDoubleFunction<Random> unitGap) {
    double[] times = new double[20_000];
    int count = 0;
    for (double time = unitGap.applyAsDouble(random) / 20; time < 100; time += unitGap.applyAsDouble(random) / 20) {
      times[count++] = time;
    }
    return Arrays.copyOf(times, count);
  }

  private static double exponential(Random random) {
    return -Math.log(1 - random.nextDouble());
  }

  private static ToDoubleFunction<Random> gamma(double shape) {
    var distribution = new GammaDistribution(shape, 1 / shape);
    return random -> distribution.inverseCumulativeProbability(random.nextDouble());
  }

  private static long below(double probability, int runs, double asked, ToDoubleFunction<Random> gap) {
    return IntStream.range(0, runs).mapToObj(seed -> Dispersion.of(arrivals(new Random(seed), gap), 100, asked))
        .filter(it -> it.orElseThrow().probability() < probability).count();
  }

  @Test
  void poissonArrivalsAreDoubtedAboutAsOftenAsTheProbabilitySays() {
    assertThat(below(0.05, RUNS, 1, DispersionTest::exponential)).isBetween(8L, 34L);
    assertThat(below(0.001, RUNS, 1, DispersionTest::exponential)).isLessThanOrEqualTo(3);
  }

  @Test
  void gammaArrivalsAreAsAskedWhenGammaWasAskedFor() {
    assertThat(below(0.05, 60, 4, gamma(0.25))).isLessThanOrEqualTo(9);
    assertThat(below(0.05, 60, 0.25, gamma(4))).isLessThanOrEqualTo(9);
  }

  @Test
  void burstsEvenGapsAndStallsAreNotTakenForPoisson() {
    assertThat(below(0.001, 20, 1, gamma(0.25))).isGreaterThanOrEqualTo(19);
    assertThat(below(0.001, 20, 1, random -> 1)).isEqualTo(20);
    double[] stalled = arrivals(new Random(1), DispersionTest::exponential);
    for (int index = 0; index < stalled.length; index++) {
      stalled[index] = stalled[index] > 50 && stalled[index] < 53 ? 53 : stalled[index];
    }
    assertThat(Dispersion.of(stalled, 100, 1).orElseThrow().asAsked()).isFalse();
  }

  @Test
  void evenGapsAreAsAskedWithinALittleLateness() {
    assertThat(Dispersion.of(arrivals(new Random(1), random -> 1), 100, 0).orElseThrow()).satisfies(even -> {
      assertThat(even.asAsked()).isTrue();
      assertThat(even.index()).isLessThan(0.025);
    });
    assertThat(Dispersion.of(arrivals(new Random(1), random -> 0.9 + 0.2 * random.nextDouble()), 100, 0).orElseThrow()
        .asAsked()).isTrue();
    assertThat(Dispersion.of(arrivals(new Random(1), DispersionTest::exponential), 100, 0).orElseThrow().asAsked())
        .isFalse();
  }

  @Test
  void aFewArrivalsTellNothing() {
    assertThat(Dispersion.of(new double[99], 10, 1)).isEmpty();
    assertThat(Dispersion.of(new double[100], 10, 1)).isPresent();
    assertThat(Dispersion.of(new double[100], 10, 4)).as("bursty ones need more").isEmpty();
    assertThat(Dispersion.of(new double[100], 0, 1)).isEmpty();
  }
}
