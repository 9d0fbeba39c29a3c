package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerMetricsTest {
  private static final ServerMetrics METRICS = ServerMetrics.parse("""
    # HELP requests Requests {with braces} in the help.
    # TYPE requests counter
    requests{engine="0",kind="a"} 2
    requests{engine="1",kind="a"} 3.5e1
    requests{engine="0",kind="b",text="a } and a , kind=\\"a\\""} 7 1700000000000
    plain 4

    broken{ 1
    nan_is_a_number NaN
    not a number
    """);

  @Test
  void aValueIsTheSumOverItsSamples() {
    assertThat(METRICS.sum("requests")).isEqualTo(44);
    assertThat(METRICS.sum("plain")).isEqualTo(4);
    assertThat(METRICS.sum("absent")).isZero();
  }

  @Test
  void samplesAreChosenByALabel() {
    assertThat(METRICS.sum("requests", "engine", "1")).isEqualTo(35);
    assertThat(METRICS.sum("requests", "engine", "0")).isEqualTo(9);
    assertThat(METRICS.sum("requests", "gine", "0")).isZero();
  }

  @Test
  void whatIsNoSampleIsLeftOut() {
    assertThat(METRICS.has("broken")).isFalse();
    assertThat(METRICS.has("not")).isFalse();
    assertThat(METRICS.has("plain")).isTrue();
  }
}
