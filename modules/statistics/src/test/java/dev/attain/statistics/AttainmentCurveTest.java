package dev.attain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.attain.statistics.AttainmentCurve.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttainmentCurveTest {
  private static AttainmentCurve curve(double... loadsAndShares) {
    return new AttainmentCurve(IntStream.range(0, loadsAndShares.length / 2)
        .mapToObj(it -> new Sample(loadsAndShares[2 * it], loadsAndShares[2 * it + 1], 100)).toList());
  }

  @Test
  void crossesOnTheLineBetweenTheBracketingSamples() {
    assertThat(curve(2, 1, 4, 0.75, 8, 0.25).crossing(0.5)).isEqualTo(new Crossing.At(6));
    assertThat(curve(2, 1, 4, 0.9, 8, 0.7).crossing(0.9)).isEqualTo(new Crossing.At(4));
  }

  @Test
  void firstCrossingCountsWhenChanceMakesSeveral() {
    assertThat(curve(1, 1, 2, 0.8, 3, 0.95, 4, 0.5).crossing(0.9)).isEqualTo(new Crossing.At(1.5));
  }

  @Test
  void nothingIsExtrapolated() {
    assertThat(curve(2, 0.8, 4, 0.5).crossing(0.9)).isEqualTo(new Crossing.BelowLowest(2));
    assertThat(curve(2, 1, 4, 0.9).crossing(0.9)).isEqualTo(new Crossing.AboveHighest(4));
    assertThat(curve(3, 1).crossing(0.9)).isEqualTo(new Crossing.AboveHighest(3));
  }

  @Test
  void theFitPoolsWhatRises() {
    assertThat(curve(1, 1, 2, 0.8, 3, 0.9, 4, 0.5).isotonic()).isEqualTo(curve(1, 1, 2, 0.85, 3, 0.85, 4, 0.5));
  }

  @Test
  void theFitWeighsByRequests() {
    var uneven = new AttainmentCurve(List.of(new Sample(1, 0.8, 300), new Sample(2, 1, 100)));

    assertThat(uneven.isotonic().samples()).extracting(Sample::share).containsExactly(0.85, 0.85);
  }

  @Test
  void theFitNeverRisesKeepsAllRequestsAndLeavesFallingCurvesAlone() {
    var random = new SplittableRandom(3);
    for (int trial = 0; trial < 300; trial++) {
      var samples = new ArrayList<Sample>();
      for (int load = 1; load <= 1 + random.nextInt(12); load++) {
        samples.add(new Sample(load, random.nextDouble(), 1 + random.nextInt(1000)));
      }
      var measured = new AttainmentCurve(samples);
      AttainmentCurve fit = measured.isotonic();

      assertThat(met(fit)).isCloseTo(met(measured), within(1e-6));
      assertThat(IntStream.range(1, samples.size()))
          .allMatch(it -> fit.samples().get(it).share() <= fit.samples().get(it - 1).share());
      assertThat(squares(fit, measured)).isLessThanOrEqualTo(squares(flat(measured), measured) + 1e-9);
      AttainmentCurve again = fit.isotonic();
      assertThat(IntStream.range(0, samples.size())).allMatch(
          it -> Math.abs(again.samples().get(it).share() - fit.samples().get(it).share()) < 1e-12);
    }
  }

  @Test
  void loadsMustAscend() {
    assertThatIllegalArgumentException().isThrownBy(() -> curve(2, 1, 2, 0.5)).withMessageContaining("ascend");
    assertThatIllegalArgumentException().isThrownBy(() -> curve());
  }

  private static double met(AttainmentCurve curve) {
    return curve.samples().stream().mapToDouble(it -> it.share() * it.requests()).sum();
  }

  /** A curve that never rises either, but is no fit. */
  private static AttainmentCurve flat(AttainmentCurve curve) {
    double mean = met(curve) / curve.samples().stream().mapToLong(Sample::requests).sum();
    return new AttainmentCurve(
        curve.samples().stream().map(it -> new Sample(it.load(), mean, it.requests())).toList());
  }

  private static double squares(AttainmentCurve fit, AttainmentCurve measured) {
    return IntStream.range(0, measured.samples().size()).mapToDouble(it -> {
      Sample sample = measured.samples().get(it);
      double miss = fit.samples().get(it).share() - sample.share();
      return sample.requests() * miss * miss;
    }).sum();
  }
}
