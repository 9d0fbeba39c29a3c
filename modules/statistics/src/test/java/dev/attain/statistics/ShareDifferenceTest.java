package dev.attain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareDifferenceTest {
  private static final int TRIALS = 400;
  private static final int REQUESTS = 1000;

  /** Utilization, objective in service times, and how much of a service time is chance. */
  @ParameterizedTest
  @CsvSource({"0.5, 4, 0.05", "0.8, 8, 0.05", "0.95, 20, 0.05", "0.5, 4, 0.5", "0.8, 8, 0.5"})
  void aDeploymentComparedWithItselfIsNoDifference(double utilization, double objective, double noise) {
    long told = IntStream.range(0, TRIALS).filter(trial -> {
      boolean[] first = outcome(utilization, objective, noise, trial, 2 * trial + 10_000);
      boolean[] second = outcome(utilization, objective, noise, trial, 2 * trial + 10_001);
      return difference(first, second, trial).told();
    }).count();

    assertThat(told).isLessThanOrEqualTo(TRIALS * 5 / 100);
  }

  @Test
  void aSlowerDeploymentIsTold() {
    long told = IntStream.range(0, TRIALS).filter(trial -> {
      boolean[] first = outcome(0.8, 5, 0.05, trial, 2 * trial + 10_000);
      boolean[] slower = outcome(0.8 * 1.1, 5 / 1.1, 0.05, trial, 2 * trial + 10_001);
      ShareDifference difference = difference(first, slower, trial);
      return difference.told() && difference.difference().value() > 0;
    }).count();

    assertThat(told).isGreaterThan(TRIALS * 9 / 10);
  }

  @Test
  void otherRequestsHaveNoTestAndAWiderInterval() {
    boolean[] first = outcome(0.8, 5, 0.05, 1, 2);
    boolean[] second = outcome(0.8, 5, 0.05, 1, 3);
    ShareDifference paired = difference(first, second, 1);
    ShareDifference unpaired = ShareDifference.unpaired(first, blocks(1), second, blocks(2));

    assertThat(unpaired.test()).isEmpty();
    assertThat(unpaired.difference().high() - unpaired.difference().low())
        .isGreaterThan(3 * (paired.difference().high() - paired.difference().low()));
  }

  @Test
  void exchangingTheTwoExchangesTheSign() {
    boolean[] first = outcome(0.8, 5, 0.5, 1, 2);
    boolean[] second = outcome(0.88, 4.5, 0.5, 1, 3);
    Estimate there = difference(first, second, 1).difference();
    Estimate back = difference(second, first, 1).difference();

    assertThat(back.value()).isEqualTo(-there.value());
    assertThat(back.low()).isCloseTo(-there.high(), within(0.005));
    assertThat(back.high()).isCloseTo(-there.low(), within(0.005));
  }

  @Test
  void theSameOutcomesDifferByNothingAtAll() {
    boolean[] outcome = outcome(0.8, 5, 0.5, 1, 2);
    ShareDifference difference = difference(outcome, outcome, 1);

    assertThat(difference.told()).isFalse();
    assertThat(difference.difference()).isEqualTo(new Estimate(0, 0, 0));
    assertThat(difference.ratio()).isEqualTo(new Estimate(1, 1, 1));
  }

  private static ShareDifference difference(boolean[] first, boolean[] second, long seed) {
    return ShareDifference.paired(first, second, blocks(seed));
  }

  private static MovingBlocks blocks(long seed) {
    return MovingBlocks.of(REQUESTS, seed);
  }

  private static boolean[] outcome(double utilization, double objective, double noise, long arrivals, long services) {
    return QueueOfRequests.within(QueueOfRequests.latencies(REQUESTS, utilization, noise, arrivals, services),
        objective);
  }
}
