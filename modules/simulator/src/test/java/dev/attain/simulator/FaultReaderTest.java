package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultReaderTest {

  @Test
  void aFaultIsItsKindAndWhatIsSaidAboutIt() throws SimulatorException {
    Fault fault = FaultReader.read("cut:rate=0.25,at=1.5s,for=2m,after=5");

    assertThat(fault.kind()).isEqualTo(FaultKind.CUT);
    assertThat(fault.rate()).isEqualTo(0.25);
    assertThat(fault.atNanos()).isEqualTo(1_500_000_000L);
    assertThat(fault.lastsNanos()).contains(120_000_000_000L);
    assertThat(fault.after()).isEqualTo(5);
  }

  @Test
  void whatIsNotSaidHasItsDefault() throws SimulatorException {
    Fault fault = FaultReader.read("http-429");

    assertThat(fault.rate()).isEqualTo(1);
    assertThat(fault.atNanos()).isZero();
    assertThat(fault.lastsNanos()).isEqualTo(Optional.empty());
    assertThat(fault.after()).isEqualTo(1);
    assertThat(fault.by()).isEqualTo(1);
    assertThat(fault.retryAfterSeconds()).isEqualTo(1);
  }

  @Test
  void aFaultCoversItsWindowOnly() throws SimulatorException {
    Fault fault = FaultReader.read("http-500:at=10ms,for=5ms");

    assertThat(fault.covers(9_999_999)).isFalse();
    assertThat(fault.covers(10_000_000)).isTrue();
    assertThat(fault.covers(14_999_999)).isTrue();
    assertThat(fault.covers(15_000_000)).isFalse();
  }

  @Test
  void aStallStrikesTheEngineAtAnInstantAndStreamsWithoutOne() throws SimulatorException {
    assertThat(FaultReader.read("stall:at=1s,for=1s").strikesEngine()).isTrue();
    assertThat(FaultReader.read("stall:rate=0.1,for=1s").strikesRequests()).isTrue();
    assertThat(FaultReader.read("slow:factor=2").strikesEngine()).isTrue();
    assertThat(FaultReader.read("crash").strikesRequests()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "cutt | there is no fault cutt; the nearest is cut, all are stall, slow, cut",
      "cut:afer=1 | cut has no \"afer\"; it takes rate, at, for, after",
      "cut: | cut has no \"\"; it takes",
      "never-ready:at=1s | never-ready has no \"at\"; it takes nothing",
      "cut:rate=1.5 | rate is \"1.5\" and has to be a share above 0 and up to 1, such as rate=0.01",
      "cut:rate=0 | rate is \"0\"",
      "cut:rate | rate is \"\"",
      "cut:after=-1 | after is \"-1\" and has to be a whole number",
      "cut:at=10 | at is \"10\" and has to be a time in ms, s or m, such as at=10s",
      "missing-token:by=0 | by is \"0\" and has to be a whole number above 0",
      "http-429:retry-after=100ms | retry-after is \"100ms\" and has to be a time in whole seconds",
      "cut:after=1,after=2 | after is given twice",
      "stall:at=10s | stall needs for=2s",
      "slow:at=10s | slow needs factor=3",
      "stall:at=1s,for=1s,rate=0.5 | happens to the whole engine and takes neither rate nor after"})
  void aMistakeIsSaidInOneSentenceThatNamesTheFlag(String text, String sentence) {
    assertThatThrownBy(() -> SimulatorOptions.parse(List.of("--sim-fault", text), Map.of()))
        .isInstanceOf(SimulatorException.class).hasMessageStartingWith("--sim-fault \"" + text + "\": ")
        .hasMessageContaining(sentence);
  }

  @Test
  void faultsCanBeGivenManyTimes() throws SimulatorException {
    FaultSetup setup = SimulatorOptions.parse(
        List.of("--sim-fault", "cut", "--sim-fault=http-500:rate=0.1", "--sim-fault", "slow:factor=2", "stall:for=1s"),
        Map.of()).faults();

    assertThat(setup.faults()).extracting(Fault::kind).containsExactly(FaultKind.CUT, FaultKind.HTTP_500,
        FaultKind.SLOW, FaultKind.STALL);
    assertThat(setup.byHeader()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void theHelpExplainsEveryKind(FaultKind kind) {
    assertThat(Flags.help()).contains("  " + kind.wireName() + " ", kind.meaning());
  }
}
