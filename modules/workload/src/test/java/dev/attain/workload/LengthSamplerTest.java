package dev.attain.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attain.workload.CounterRandom.Purpose;
import dev.attain.workload.LengthDistribution.Empirical;
import dev.attain.workload.LengthDistribution.Fixed;
import dev.attain.workload.LengthDistribution.Lognormal;
import dev.attain.workload.LengthDistribution.Uniform;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Seeds are fixed, so these never fail by chance; bounds are about four standard errors. */
class LengthSamplerTest {
  private static final int DRAWS = 100_000;

  @Test
  void fixedLengthIsAlwaysTheSame() {
    assertThat(lengths(new Fixed(17))).containsOnly(17);
  }

  @Test
  void uniformLengthsReachBothEndsEquallyOften() {
    int[] lengths = lengths(new Uniform(3, 12));
    assertThat(lengths).contains(3, 12);
    for (int length = 3; length <= 12; length++) {
      int expected = length;
      long count = IntStream.of(lengths).filter(drawn -> drawn == expected).count();
      assertThat((double) count).isCloseTo(DRAWS / 10.0, within(380.0));
    }
    assertThat(IntStream.of(lengths)).allMatch(drawn -> drawn >= 3 && drawn <= 12);
  }

  @Test
  void uniformLengthsMaySpanEveryInteger() {
    assertThat(IntStream.of(lengths(new Uniform(1, Integer.MAX_VALUE)))).allMatch(drawn -> drawn >= 1);
    assertThat(lengths(new Uniform(5, 5))).containsOnly(5);
  }

  @Test
  void lognormalLengthsHaveTheirMedianMeanAndSpread() {
    double mu = 6.6;
    double sigma = 0.8;
    int[] lengths = lengths(new Lognormal(mu, sigma, 1, Integer.MAX_VALUE));
    double[] logarithms = IntStream.of(lengths).mapToDouble(Math::log).toArray();
    double mean = IntStream.range(0, DRAWS).mapToDouble(i -> logarithms[i]).average().orElseThrow();
    double variance = IntStream.range(0, DRAWS).mapToDouble(i -> Math.pow(logarithms[i] - mean, 2)).average()
        .orElseThrow();
    assertThat(mean).isCloseTo(mu, within(0.011));
    assertThat(Math.sqrt(variance)).isCloseTo(sigma, within(0.008));
    double expectedMean = Math.exp(mu + sigma * sigma / 2);
    assertThat(IntStream.of(lengths).average().orElseThrow() / expectedMean).isCloseTo(1, within(0.013));
  }

  @Test
  void lognormalLengthsAreHeldWithinTheirLimits() {
    int[] lengths = lengths(new Lognormal(5, 2, 50, 400));
    assertThat(lengths).contains(50, 400);
    assertThat(IntStream.of(lengths)).allMatch(drawn -> drawn >= 50 && drawn <= 400);
    assertThat(lengths(new Lognormal(1e300, 0, 1, 400))).containsOnly(400);
    assertThat(lengths(new Lognormal(-1e300, 0, 1, 400))).containsOnly(1);
  }

  @Test
  void empiricalLengthsAreOnlyObservedOnesInTheirShares() {
    int[] lengths = lengths(new Empirical(List.of(7, 7, 7, 100)));
    assertThat(lengths).containsOnly(7, 100);
    assertThat((double) IntStream.of(lengths).filter(drawn -> drawn == 7).count()).isCloseTo(0.75 * DRAWS,
        within(550.0));
  }

  @Test
  void drawsOfDifferentPurposesDoNotMoveTogether() {
    int[] prompts = draws(new Uniform(1, 1000), Purpose.PROMPT_LENGTH);
    int[] outputs = draws(new Uniform(1, 1000), Purpose.OUTPUT_LENGTH);
    double covariance = IntStream.range(0, DRAWS).mapToDouble(i -> (prompts[i] - 500.5) * (outputs[i] - 500.5))
        .average().orElseThrow();
    assertThat(covariance / (1_000_000 / 12.0)).isCloseTo(0, within(0.013));
  }

  private static int[] lengths(LengthDistribution distribution) {
    return draws(distribution, Purpose.PROMPT_LENGTH);
  }

  private static int[] draws(LengthDistribution distribution, Purpose purpose) {
    LengthSampler sampler = LengthSampler.of(distribution, new CounterRandom(5, purpose));
    return IntStream.range(0, DRAWS).map(sampler::tokens).toArray();
  }
}
