package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadFileTest {
  private static final String TRACE = "workload { kind = trace, trace = \"t.csv\" }";

  @TempDir
  Path folder;

  @Test
  void missingFileIsNamed() {
    var file = folder.resolve("nowhere.conf");
    var thrown = catchThrowableOfType(ConfigurationException.class,
        () -> ExperimentReader.read(file, Map.of(), Map.of()));
    assertThat(thrown.problems()).containsExactly(file + ": there is no such file");
  }

  @Test
  void folderIsNoFile() {
    var thrown = catchThrowableOfType(ConfigurationException.class,
        () -> ExperimentReader.read(folder, Map.of(), Map.of()));
    assertThat(thrown.problems()).containsExactly(folder + ": is not a file that can be read");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
    load {                | x.conf:2: is not valid HOCON: a { is not closed at the end of the file
    rates = [1,}          | x.conf:1: is not valid HOCON: List should have had new element after a comma, instead had token: '}'
    url = http://h:1      | x.conf:1: is not valid HOCON: Expecting end of input or a comma, got ':'
    [1, 2]                | x.conf:1: is not valid HOCON: the file must hold keys with their values, not a list
    name = ${WHO}         | x.conf:1: ${WHO} stands for nothing; set the environment variable, or write ${?WHO} and a default before it
    """)
  void brokenTextIsNamedWithItsLine(String text, String sentence) {
    assertThat(new Sample(folder, text + "\n").problems()).containsExactly(sentence);
  }

  @Test
  void missingIncludeIsNamed() {
    assertThat(Sample.minimalAnd(folder, "include \"shared.conf\"").problems()).containsExactly(
        "x.conf: include \"shared.conf\" finds no such file; a path is relative to the file that includes it");
  }

  @Test
  void problemInAnIncludedFileIsNamedThere() {
    var sample = Sample.minimalAnd(folder, "include \"shared.conf\"").file("shared.conf", "\nslo.ttft = 5\n");
    assertThat(sample.problems()).containsExactly("shared.conf:2: slo.ttft: 5 has no unit; write 5 ms");
  }

  @Test
  void missingTraceIsNamed() {
    assertThat(Sample.minimalAnd(folder, TRACE).problems()).containsExactly(
        "x.conf:5: workload.trace: t.csv does not exist; a path in a configuration file is relative to that file");
  }

  @Test
  void traceIsRequiredWhereItIsMeant() {
    assertThat(Sample.minimalAnd(folder, "workload.kind = trace\narrivals = trace").problems()).containsExactly(
        "x.conf:5: workload.trace: is missing; write for example trace = \"data/requests.csv\"",
        "x.conf: arrivals.trace: is missing, and so is workload.trace; write for example trace = \"data/arrivals.csv\"");
  }

  @Test
  void malformedTraceIsNamedWithItsOwnLine() {
    var sample = Sample.minimalAnd(folder, TRACE).file("t.csv", """
      arrived_at,num_prefill_tokens,num_decode_tokens
      0.0,374,44
      1.0,many,44
      """);
    assertThat(sample.problems()).singleElement().asString().startsWith("x.conf:5: workload.trace: t.csv:3: ");
  }

  @Test
  void arrivalsNeedATraceWithArrivals() {
    var sample = Sample.minimalAnd(folder, "arrivals { kind = trace, trace = \"t.csv\" }").file("t.csv", """
      arrived_at,num_prefill_tokens,num_decode_tokens
      0.0,374,44
      """);
    assertThat(sample.problems()).singleElement().asString()
        .startsWith("x.conf:5: arrivals.trace: t.csv cannot be used: a trace needs arrivals at two different times");
  }
}
