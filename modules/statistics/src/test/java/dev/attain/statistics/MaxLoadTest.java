package dev.attain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attain.statistics.AttainmentCurve.Sample;
import dev.attain.statistics.MaxLoad.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaxLoadTest {
  private static final int REQUESTS = 1000;
  private static final int TRIALS = 100;

  @Test
  void aDeploymentComparedWithItselfSustainsTheSame() {
    long alike = IntStream.range(0, TRIALS)
        .filter(trial -> maxLoad(1, trial, 2 * trial + 1000).times(maxLoad(1, trial, 2 * trial + 1001)).contains(1))
        .count();

    assertThat(alike).isGreaterThanOrEqualTo(TRIALS * 95 / 100);
  }

  @Test
  void aFasterDeploymentSustainsAsMuchMore() {
    List<Estimate> ratios = IntStream.range(0, TRIALS)
        .mapToObj(trial -> maxLoad(1.2, trial, 2 * trial + 1000).times(maxLoad(1, trial, 2 * trial + 1001))).toList();

    assertThat(ratios.stream().mapToDouble(Estimate::value).filter(Double::isFinite).average().orElseThrow())
        .isCloseTo(1.2, within(0.03));
    assertThat(ratios.stream().filter(it -> it.low() > 1).count()).isGreaterThan(TRIALS * 9 / 10);
  }

  @Test
  void theIntervalLiesAroundTheCrossing() {
    MaxLoad found = maxLoad(1, 5, 6);

    assertThat(found.estimate().low()).isLessThan(found.estimate().value());
    assertThat(found.estimate().high()).isGreaterThan(found.estimate().value());
  }

  @Test
  void beyondTheMeasuredLoadsOnlyTheirEndsAreKnown() {
    MaxLoad measured = flat(2, 1.0, 4, 0.5);
    MaxLoad above = flat(2, 1.0, 4, 1.0);
    MaxLoad below = flat(2, 0.5, 4, 0.2);

    assertThat(above.isotonic()).isEqualTo(new Crossing.AboveHighest(4));
    assertThat(above.estimate()).isEqualTo(new Estimate(Double.NaN, 4, Double.POSITIVE_INFINITY));
    assertThat(below.estimate()).isEqualTo(new Estimate(Double.NaN, 0, 2));
    assertThat(above.times(measured).low()).isCloseTo(4 / 2.4, within(1e-12));
    assertThat(above.times(measured).high()).isInfinite();
    assertThat(measured.times(below).low()).isCloseTo(1.2, within(1e-12));
    assertThat(above.times(above)).isEqualTo(new Estimate(Double.NaN, 0, Double.POSITIVE_INFINITY));
  }

  /** Of a queue {@code speed} times as fast, 90 % within 6 of its mean service times, loads 0.4 to 1.3 of the slower one. */
  private static MaxLoad maxLoad(double speed, long arrivals, long services) {
    var loads = new ArrayList<Load>();
    for (double rate : new double[]{0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.3}) {
      double utilization = rate / speed;
      boolean[] met = QueueOfRequests
          .within(QueueOfRequests.latencies(REQUESTS, utilization, 0.05, arrivals, services), 6);
      double share = IntStream.range(0, REQUESTS).filter(it -> met[it]).count() / (double) REQUESTS;
      loads.add(new Load(new Sample(rate, share, REQUESTS),
          new MovingBlocks(REQUESTS, REQUESTS / 5, 200, Math.round(rate * 100)).shares(met)));
    }
    return MaxLoad.of(loads, 0.9);
  }

  private static MaxLoad flat(double firstLoad, double firstShare, double secondLoad, double secondShare) {
    return MaxLoad.of(List.of(
        new Load(new Sample(firstLoad, firstShare, 10), new double[]{firstShare, firstShare}),
        new Load(new Sample(secondLoad, secondShare, 10), new double[]{secondShare, secondShare})), 0.9);
  }
}
