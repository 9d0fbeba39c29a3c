package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.experiment.Assertion.Quantity;
import dev.attain.experiment.Assertion.Relation;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssertionsKeyTest {
  @TempDir
  Path folder;

  @Test
  void statementsAreReadInTheirOrderWithTheirUnits() {
    var assertions = Sample
        .minimalAnd(folder,
            """
              assert = ["colocated.max-rate-per-gpu >= 5", "colocated.attainment at 8>=95 %", "colocated.ttft-p99 at 16 <= 0.4 s",
                "colocated.goodput at 8 >= 7.5"]
              """)
        .read().assertions();

    assertThat(assertions).containsExactly(
        new Assertion("colocated.max-rate-per-gpu >= 5", "colocated", Quantity.MAX_RATE_PER_GPU, Optional.empty(),
            Relation.AT_LEAST, 5),
        new Assertion("colocated.attainment at 8>=95 %", "colocated", Quantity.ATTAINMENT, Optional.of(8.0),
            Relation.AT_LEAST, 0.95),
        new Assertion("colocated.ttft-p99 at 16 <= 0.4 s", "colocated", Quantity.TTFT_P99, Optional.of(16.0),
            Relation.AT_MOST, 0.4),
        new Assertion("colocated.goodput at 8 >= 7.5", "colocated", Quantity.GOODPUT, Optional.of(8.0),
            Relation.AT_LEAST, 7.5));
  }

  @Test
  void withoutTheKeyNothingIsAsserted() {
    assertThat(Sample.minimalAnd(folder, "").read().assertions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
    colocated is fast              | is no statement; write for example disaggregated.max-rate-per-gpu >= 5, or colocated.ttft-p99 at 8 <= 400 ms
    colocated.max-rate > 5         | is no statement; write for example
    colocatd.max-rate >= 5         | colocatd is not a deployment of this experiment; the nearest is colocated
    colocated.max-rat >= 5         | max-rat is not known here; the nearest is max-rate
    colocated.max-rate at 8 >= 5   | max-rate follows from all loads together; leave out "at 8"
    colocated.attainment >= 90     | does not say at which load; write for example colocated.attainment at 8 ...
    colocated.attainment at 9 >= 5 | 9 is no load of this experiment (measured are 8, 16)
    colocated.ttft-p99 at 8 <= 400 | 400 has no unit; write 400 ms
    colocated.attainment at 8 >= 0 | 0 is not above 0 and below 100 percent; write for example 90
    colocated.max-rate >= -1       | -1 is not above 0; write for example 8
    """)
  void aBadStatementIsToldWhatWouldBeRight(String statement, String problem) {
    assertThat(Sample.minimalAnd(folder, "assert = [\"" + statement + "\"]").problems()).singleElement().asString()
        .startsWith("x.conf:5: assert: ").contains(problem);
  }

  @Test
  void aClosedLoopHasNoHighestRate() {
    assertThat(Sample.minimalAnd(folder, """
      load { rates = null, concurrency = 8 }
      assert = "colocated.max-rate >= 8"
      """).problems()).singleElement().asString().contains("max-rate needs an open loop (load.rates)");
  }
}
