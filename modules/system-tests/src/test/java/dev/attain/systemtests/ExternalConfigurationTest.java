package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.results.PointSummary;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped {@code conf/external.conf}, driven by environment variables alone. */
@StartsProcesses
@Tag("long")
class ExternalConfigurationTest {
  private static final Path CONFIGURATION = Path.of("../../conf/external.conf").toAbsolutePath().normalize();

  @TempDir
  Path folder;

  @Test
  void environmentVariablesDescribeTheWholeExperiment() {
    try (FakeServer server = FakeServer.start(Answer.good())) {
      AttainProcess.Ended ended = AttainProcess.run(folder, Map.of("ENDPOINT",
          server.uri().toString(), "MODEL", FakeServer.MODEL, "REQUEST_RATE", "20", "NUM_REQUESTS", "30", "INPUT_LEN",
          "33", "OUTPUT_LEN", "7", "LOAD_NODES", "2", "TTFT_SLO", "30000", "TPOT_SLO", "20000", "TARGET_ATTAINMENT",
          "75"), "run", CONFIGURATION.toString(), "-D", "validity.send-lag-floor=60s", "-D",
          "validity.start-skew=60s", "-D", "validity.clock-bound=60s", "-D", "validity.gc-pause=60s",
          "-D", "validity.event-loop-lag=60s", "-D", "validity.scheduler-delay-percent=99", "-D",
          "validity.stall=60s", "-D", "validity.receive-drops=1000000");

      assertThat(ended.exitCode()).as(ended.err()).isZero();
      PointSummary summary = ended.bundle().onlySummary();
      assertThat(summary.planned()).isEqualTo(30);
      assertThat(summary.completed()).isEqualTo(30);
      assertThat(summary.rate()).contains(20.0);
      assertThat(summary.nodes()).hasSize(2);
      assertThat(summary.attainment().target()).isEqualTo(0.75);
      assertThat(summary.attainment().both()).isEqualTo(1);
      assertThat(ended.bundle().records("external")).allSatisfy(line -> {
        assertThat(line.record().promptTokens()).isEqualTo(33);
        assertThat(line.record().outputTokens()).isEqualTo(7);
      });
    }
  }
}
