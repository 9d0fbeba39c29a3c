package dev.attain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MovingBlocksTest {
  @Test
  void theSameSeedDrawsTheSameBlocks() {
    boolean[] met = QueueOfRequests.within(QueueOfRequests.latencies(500, 0.8, 0.5, 1, 2), 4);

    assertThat(new MovingBlocks(500, 8, 100, 7).shares(met)).isEqualTo(new MovingBlocks(500, 8, 100, 7).shares(met))
        .isNotEqualTo(new MovingBlocks(500, 8, 100, 8).shares(met));
  }

  @Test
  void oneBlockIsTheRunItself() {
    double[] values = {5, 3, 4, 1, 2};

    assertThat(new MovingBlocks(5, 5, 3, 1).percentiles(values, 0, 0.5, 1)).isDeepEqualTo(
        new double[][]{{1, 1, 1}, {3, 3, 3}, {5, 5, 5}});
  }

  @Test
  void requestsThatNeverCompletedHaveNoPercentile() {
    double[] values = {Double.POSITIVE_INFINITY, 3, Double.POSITIVE_INFINITY, 1};

    assertThat(new MovingBlocks(4, 4, 1, 1).percentiles(values, 0.99)[0]).containsExactly(3);
    Arrays.fill(values, Double.POSITIVE_INFINITY);
    assertThat(new MovingBlocks(4, 4, 1, 1).percentiles(values, 0.99)[0]).containsExactly(Double.NaN);
  }

  @Test
  void sharesOfRequestsWithNothingInCommonSpreadLikeTheBinomialDistribution() {
    var random = new SplittableRandom(5);
    boolean[] met = new boolean[2000];
    for (int request = 0; request < met.length; request++) {
      met[request] = random.nextInt(10) > 0;
    }
    double[] shares = new MovingBlocks(2000, 1, 4000, 3).shares(met);
    double mean = Arrays.stream(shares).average().orElseThrow();
    double deviation = Math.sqrt(Arrays.stream(shares).map(it -> (it - mean) * (it - mean)).average().orElseThrow());

    assertThat(deviation).isCloseTo(Math.sqrt(mean * (1 - mean) / 2000), within(3e-4));
  }

  @Test
  void longerBlocksSeeThatNeighboursResembleEachOther() {
    boolean[] met = QueueOfRequests.within(QueueOfRequests.latencies(5000, 0.9, 0.5, 1, 2), 8);
    Estimate independent = Estimate.of(Double.NaN, new MovingBlocks(5000, 1, 1000, 1).shares(met));
    Estimate inBlocks = Estimate.of(Double.NaN, new MovingBlocks(5000, 200, 1000, 1).shares(met));

    assertThat(inBlocks.high() - inBlocks.low()).isGreaterThan(2 * (independent.high() - independent.low()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 400, 100_000})
  void everyRunCanBeResampled(int requests) {
    boolean[] met = new boolean[requests];
    Arrays.fill(met, requests / 3, requests, true);

    assertThat(Arrays.stream(MovingBlocks.of(requests, 1).shares(met))).hasSize(2000).allMatch(Double::isFinite);
  }

  @Test
  void fewBlocksAreWidenedAsStudentSays() {
    boolean[] met = {true, true, false, false};
    double[] shares = new MovingBlocks(4, 2, 500, 1).shares(met);

    // Two blocks: t is 12.7, so that nothing is known; four times one request: 3.18 / 1.96 * sqrt(4 / 3) = 1.875.
    assertThat(Estimate.of(0.5, shares)).matches(it -> it.low() < -3 && it.high() > 4);
    assertThat(Arrays.stream(new MovingBlocks(4, 1, 500, 1).shares(met)).map(it -> Math.abs(it - 0.5)).distinct())
        .hasSize(3).contains(0.0).anyMatch(it -> Math.abs(it - 1.875 / 4) < 1e-3);
  }

  @Test
  void blocksLongerThanTheRunAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new MovingBlocks(3, 4, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new MovingBlocks(3, 1, 1, 1).shares(new boolean[4]));
  }
}
