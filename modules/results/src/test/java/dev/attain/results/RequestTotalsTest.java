package dev.attain.results;

import static dev.attain.measurement.RequestRecord.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Sending;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTotalsTest {
  private static final long MILLI = 1_000_000;
  private static final Sending IDLE = new Sending(1, 5, 0, NEVER, 1500 * MILLI, false);

  private final RequestTotals totals = new RequestTotals();

  private static Sending opened(int connections, long connectNanos) {
    return new Sending(1, 5, connections, connectNanos, NEVER, false);
  }

  private static RequestRecord completed(int outputTokens, int events, int counted, Sending sending) {
    return new RequestRecord(0, 10, outputTokens, outputTokens, events, 0, 0, 2, NEVER, NEVER, 10, 11, 20, 21,
        Outcome.COMPLETED, "", -1, 0, counted, sending);
  }

  private static RequestRecord failed(String reason, Sending sending) {
    return new RequestRecord(0, 10, 9, 0, 0, 0, 0, 2, NEVER, NEVER, NEVER, NEVER, NEVER, 21, Outcome.FAILED, reason, -1,
        0, 0, sending);
  }

  @Test
  void requestsThatHadToOpenAConnectionAreCountedWithWhatItTook() {
    totals.add(completed(4, 4, 4, opened(1, 2 * MILLI)));
    totals.add(completed(4, 4, 4, opened(2, 6 * MILLI)));
    totals.add(completed(4, 4, 4, IDLE));
    totals.add(failed("connection refused h:1", opened(1, NEVER)));

    assertThat(totals.connections().opened()).isEqualTo(3);
    assertThat(totals.connections().connectMean()).as("of those whose connection came to stand").isEqualTo(0.004);
    assertThat(totals.connections().connectMax()).isEqualTo(0.006);
    assertThat(totals.connections().stale()).isZero();
  }

  @Test
  void connectionsThatBrokeWhenTheyWereUsedAgainAreOneReasonHoweverLongTheyHadBeenIdle() {
    for (String seconds : List.of("1.234", "3.210")) {
      totals.add(failed("connection reset before the first byte, reused after " + seconds + " s idle",
          new Sending(1, 5, 0, NEVER, MILLI, true)));
    }
    totals.add(failed("connection reset before the first byte", opened(1, MILLI)));

    assertThat(totals.connections().stale()).isEqualTo(2);
    assertThat(totals.failures()).containsExactly(
        new FailureCount("FAILED: connection reset before the first byte on an idle connection", 2),
        new FailureCount("FAILED: connection reset before the first byte", 1));
  }

  @Test
  void tokensThatNoEventAccountedForAreToldFromThoseOfEventsThatCarrySeveral() {
    totals.add(completed(12, 4, 12, IDLE));
    assertThat(totals.tokens()).isEqualTo(new TokenFigures(3, 0));

    totals.add(completed(12, 4, 4, IDLE));
    assertThat(totals.tokens()).isEqualTo(new TokenFigures(3, 8));
  }

  @Test
  void nothingAtAllIsNoDivisionByZero() {
    assertThat(totals.connections()).isEqualTo(new ConnectionFigures(0, 0, 0, 0));
    assertThat(totals.tokens()).isEqualTo(new TokenFigures(0, 0));
  }
}
