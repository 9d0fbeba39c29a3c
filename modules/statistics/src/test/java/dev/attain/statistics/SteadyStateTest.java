package dev.attain.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SteadyStateTest {
  @Test
  void aSlowBeginningIsCutWhereItEnds() {
    double[] values = Series.autoregressive(3, 1000, 0);
    for (int index = 0; index < 100; index++) {
      values[index] += 20;
    }
    SteadyState state = SteadyState.of(values);
    assertThat(state.warmUp()).isEqualTo(100);
    assertThat(state.settled()).isTrue();
    assertThat(state.steady()).isTrue();
  }

  @Test
  void requestsWithoutAValueCountAsRequestsThatAreCut() {
    double[] values = Series.autoregressive(3, 1000, 0);
    for (int index = 0; index < 100; index++) {
      values[index] = index % 2 == 0 ? Double.NaN : values[index] + 20;
    }
    assertThat(SteadyState.of(values).warmUp()).isBetween(100, 105);
  }

  @Test
  void noiseAloneIsSteadyNearlyAlways() {
    long steady = IntStream.range(0, 200)
        .filter(seed -> SteadyState.of(Series.autoregressive(seed, 2000, 0.5)).steady())
        .count();
    assertThat(steady).isGreaterThan(180);
  }

  @Test
  void aQueueThatGrowsAllTheTimeIsNotSteady() {
    double[] values = Series.autoregressive(5, 1000, 0);
    for (int index = 0; index < values.length; index++) {
      values[index] += index / 50.0;
    }
    SteadyState state = SteadyState.of(values);
    assertThat(state.steady()).isFalse();
    assertThat(state.trend().rises()).isTrue();
    assertThat(state.trend().falls()).isFalse();
  }

  @Test
  void valuesThatOnlyFallHaveNotSettled() {
    double[] values = IntStream.range(0, 500).mapToDouble(index -> -index).toArray();
    SteadyState state = SteadyState.of(values);
    assertThat(state.settled()).isFalse();
    assertThat(state.trend().falls()).isTrue();
  }

  @Test
  void aHandfulOfValuesProvesNothing() {
    for (int count = 0; count < 10; count++) {
      var values = new double[count];
      Arrays.fill(values, 1);
      SteadyState state = SteadyState.of(values);
      assertThat(state.warmUp()).isZero();
      assertThat(state.steady()).isTrue();
    }
  }
}
