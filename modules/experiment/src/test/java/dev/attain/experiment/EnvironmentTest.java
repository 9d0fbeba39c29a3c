package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.schedule.Extent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
  @TempDir
  Path folder;

  private Sample with(String variable, String value) {
    return Sample.minimalAnd(folder, """
      slo.ttft = ${?TTFT_SLO}
      slo.target = ${?TARGET}
      load.rates = ${?RATES}
      load.requests = ${?COUNT}
      requests.drain = ${?DRAIN}
      """).variable(variable, value);
  }

  @Test
  void plainNumberCountsInTheUnitOfTheKey() {
    assertThat(with("TTFT_SLO", "250").read().slo().ttft()).isEqualTo(Duration.ofMillis(250));
    assertThat(with("DRAIN", "3").read().requests().drain()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void unitMayBeWritten() {
    assertThat(with("TTFT_SLO", "2 s").read().slo().ttft()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void listHasCommas() {
    assertThat(with("RATES", "1, 2.5,4").read().load().rates()).isEqualTo(List.of(1.0, 2.5, 4.0));
  }

  @Test
  void emptyVariableCountsAsNotSet() {
    assertThat(with("COUNT", " ").read().load().extent()).isEqualTo(new Extent.Requests(100));
  }

  @Test
  void overrideWinsOverTheEnvironment() {
    var sample = with("TTFT_SLO", "250").override("slo.ttft", "100 ms");
    assertThat(sample.read().slo().ttft()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void problemNamesTheVariable() {
    assertThat(with("TTFT_SLO", "fast").problems()).containsExactly(
        "environment variable TTFT_SLO: slo.ttft: fast is not a number of ms; write for example 500");
    assertThat(with("TTFT_SLO", "0").problems()).containsExactly(
        "environment variable TTFT_SLO: slo.ttft: 0 is not above 0; write for example 500 ms");
    assertThat(with("TARGET", "101").problems()).containsExactly(
        "environment variable TARGET: slo.target: 101 is not above 0 and below 100 percent; write for example 90");
    assertThat(with("RATES", "4,inf").problems()).containsExactly(
        "environment variable RATES: load.rates: inf is not a number; write for example 8");
    assertThat(with("COUNT", "1e3x").problems()).containsExactly(
        "environment variable COUNT: load.requests: 1e3x is not a number; write for example 1");
  }

  @Test
  void theReadersOwnEnvironmentDoesNotCount() {
    assertThat(Sample.minimalAnd(folder, "name = ${?PATH}").read().name()).isEqualTo("x");
  }
}
