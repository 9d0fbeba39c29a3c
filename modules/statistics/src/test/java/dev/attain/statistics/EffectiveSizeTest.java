package dev.attain.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.Interval;
import dev.attain.measurement.SampleSize;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveSizeTest {
  @Test
  void independentRequestsCountAboutInFull() {
    double[] sizes = IntStream.range(0, 200)
        .mapToDouble(seed -> EffectiveSize.of(Series.autoregressive(seed, 2000, 0)).independent()).sorted().toArray();
    assertThat(sizes[100]).isGreaterThan(1400);
    assertThat(sizes[0]).isGreaterThan(600);
    assertThat(sizes[199]).isLessThanOrEqualTo(2000);
  }

  @Test
  void theMoreRequestsResembleEachOtherTheFewerTheyCountFor() {
    // Whether an autoregressive value is above its median resembles the next by 2/pi asin(r); summed over all
    // distances that makes one independent request of 1.55, 13.3 and 34.
    assertThat(typical(0.3)).isBetween(4000 / 2.6, 4000 / 1.4);
    assertThat(typical(0.9)).isBetween(4000 / 20.0, 4000 / 9.0);
    assertThat(typical(0.96)).isBetween(4000 / 50.0, 4000 / 20.0);
  }

  private static double typical(double correlation) {
    double[] sizes = IntStream.range(0, 100)
        .mapToDouble(seed -> EffectiveSize.of(Series.autoregressive(seed, 4000, correlation)).independent()).sorted()
        .toArray();
    return sizes[50];
  }

  @ParameterizedTest
  @CsvSource({"0, 0.9", "0, 0.5", "0.9, 0.9", "0.9, 0.7", "0.97, 0.9", "0.97, 0.8"})
  void intervalsAtNinetyFivePerCentCoverTheTruthAboutThatOften(double correlation, double share) {
    double objective = new NormalDistribution().inverseCumulativeProbability(share);
    assertThat(coverage(share, seed -> Series.autoregressive(seed, 2000, correlation), objective)).isBetween(0.92,
        0.99);
  }

  @Test
  void withoutRegardForResemblanceTheyWouldCoverItFarTooRarely() {
    long covered = IntStream.range(0, 400).filter(seed -> {
      double[] severity = Series.autoregressive(seed, 2000, 0.97);
      Interval naive = Interval.wilson95(Math.round(met(severity, 0) * 2000), 2000);
      return naive.low() <= 0.5 && 0.5 <= naive.high();
    }).count();
    assertThat(covered / 400.0).isLessThan(0.5);
  }

  private static double coverage(double share, IntFunction<double[]> point, double objective) {
    long covered = IntStream.range(0, 400).filter(seed -> {
      double[] severity = point.apply(seed);
      Interval interval = EffectiveSize.of(severity).interval(met(severity, objective));
      return interval.low() <= share && share <= interval.high();
    }).count();
    return covered / 400.0;
  }

  private static double met(double[] severity, double objective) {
    return Arrays.stream(severity).filter(value -> value <= objective).count() / (double) severity.length;
  }

  @Test
  void neverMoreThanThereAreAndAtLeastOne() {
    for (int count = 1; count < 300; count += 7) {
      for (double correlation : new double[]{-0.9, 0, 0.999}) {
        SampleSize size = EffectiveSize.of(Series.autoregressive(count, count, correlation));
        assertThat(size.planned()).isEqualTo(count);
        assertThat(size.independent()).isBetween(1.0, (double) count);
      }
    }
  }

  @Test
  void nothingIsKnownOfNothing() {
    SampleSize none = EffectiveSize.of(new double[0]);
    assertThat(none.independent()).isZero();
    assertThat(none.interval(0)).isEqualTo(new Interval(0, 1));
  }

  @Test
  void requestsThatAllTookTheSameCountInFull() {
    var same = new double[500];
    Arrays.fill(same, 0.3);
    assertThat(EffectiveSize.of(same)).isEqualTo(SampleSize.ofIndependent(500));
  }

  @Test
  void requestsThatNeverCompletedAreTheWorst() {
    double[] severity = Series.autoregressive(1, 1000, 0.9);
    double[] failing = Arrays.stream(severity).map(value -> value > 1 ? Double.POSITIVE_INFINITY : value).toArray();
    assertThat(EffectiveSize.of(failing)).isEqualTo(EffectiveSize.of(severity));
  }

  @Test
  void requestsThatAllMeetTheirObjectivesEasilyProveMoreThanTheirResemblanceLeaves() {
    double[] waves = new double[600];
    for (int index = 0; index < waves.length; index++) {
      waves[index] = Math.exp(0.1 * Math.sin(index / 30.0));
    }

    double far = EffectiveSize.ofOutcomes(scaled(waves, 0.3)).independent();
    double near = EffectiveSize.ofOutcomes(scaled(waves, 0.88)).independent();
    double missing = EffectiveSize.ofOutcomes(scaled(waves, 0.95)).independent();

    assertThat(far).as("a third of what is allowed").isEqualTo(600);
    assertThat(near).as("the worst just meets them").isLessThan(60);
    assertThat(missing).as("some miss").isLessThan(60);
  }

  private static double[] scaled(double[] severity, double factor) {
    return Arrays.stream(severity).map(value -> factor * value).toArray();
  }
}
