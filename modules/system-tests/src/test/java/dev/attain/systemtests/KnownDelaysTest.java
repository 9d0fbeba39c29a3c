package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.RequestRecord;
import dev.attain.results.NodeRecord;
import dev.attain.results.PointSummary;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two endpoints whose delays are known are measured in one run; the measurement has to give the delays back. */
@StartsProcesses
class KnownDelaysTest {
  private static final Duration TTFT = Duration.ofMillis(50);
  private static final Duration GAP = Duration.ofMillis(10);
  private static final Duration STALL_AFTER = Duration.ofMillis(1500);
  private static final Duration STALL = Duration.ofSeconds(2);
  /** A loaded machine may be slow, but not this slow. */
  private static final double SANE = 10;
  private static final int WARM_UP_REQUESTS = 2;

  @TempDir
  static Path folder;

  private static AttainProcess.Ended ended;
  private static RunBundle bundle;

  @BeforeAll
  static void measure() {
    Stall stall = new Stall(STALL_AFTER, STALL);
    try (FakeServer steady = FakeServer.start(Answer.paced(TTFT, GAP));
        FakeServer stalling = FakeServer.start(number -> {
          if (number >= WARM_UP_REQUESTS) {
            stall.request();
          }
          return Answer.stalling(TTFT, GAP, stall);
        })) {
      Map<String, URI> servers = new TreeMap<>(Map.of("steady", steady.uri(), "stalling", stalling.uri()));
      Path conf = Experiments.write(folder, "delays", Experiments.external(servers) + """
        model.name = auto
        arrivals = constant
        load { rates = 20, duration = 5 s }
        assert = ["steady.goodput at 20 >= 1", "steady.goodput at 20 >= 21"]
        """);
      ended = AttainProcess.run(folder, "run", conf.toString());
    }
    bundle = ended.bundle();
  }

  @Test
  void aStatementThatDoesNotHoldMakesTheExitCode() {
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
    // No more can be good than are sent, and of a hundred that are in time some surely are, however busy the machine.
    assertThat(ended.out()).contains("assertion HOLDS: steady.goodput at 20 >= 1 (",
        "assertion FAILS: steady.goodput at 20 >= 21 (");
    assertThat(bundle.manifest().get("assertions")).hasSize(2).last()
        .satisfies(it -> assertThat(it.get("outcome").asText()).isEqualTo("FAILS"));
  }

  @Test
  void measuringAnEndpointThatServesGivesACompleteBundle() {
    assertThat(bundle.complete()).isTrue();
    assertThat(bundle.manifest().get("model").asText()).as("the name that the endpoint itself gives")
        .isEqualTo(FakeServer.MODEL);
  }

  @Test
  void latenciesAreNeverBelowTheServersDelays() {
    PointSummary summary = bundle.summary("steady");

    assertThat(summary.completed()).isEqualTo(100);
    assertThat(summary.ttft().p50()).isBetween(0.050, 0.050 * SANE);
    assertThat(summary.serviceTtft().p50()).isBetween(0.050, 0.050 * SANE);
    assertThat(summary.tpot().p50()).isBetween(0.010, 0.010 * SANE);
    assertThat(summary.itl().mean()).isBetween(0.010, 0.010 * SANE);
    assertThat(summary.e2e().p50()).isBetween(0.050 + 15 * 0.010, (0.050 + 15 * 0.010) * SANE);
  }

  @Test
  void stallIsInTheLatencyOfEveryRequestThatWasDueDuringIt() {
    List<RequestRecord> records = bundle.records("stalling").stream().map(NodeRecord::record).toList();
    long first = records.stream().mapToLong(RequestRecord::intendedNanos).min().orElseThrow();
    long stallEnd = first + STALL_AFTER.plus(STALL).toNanos();
    // The server's clock starts when the first request arrives, which is a little after it was due.
    long surelyStalled = first + STALL_AFTER.plusMillis(600).toNanos();

    List<RequestRecord> due = records.stream()
        .filter(record -> record.intendedNanos() >= surelyStalled && record.intendedNanos() < stallEnd).toList();
    assertThat(due).hasSizeGreaterThan(20).allSatisfy(record -> assertThat(record.ttftNanos())
        .isGreaterThanOrEqualTo(stallEnd - record.intendedNanos()));
    assertThat(bundle.summary("stalling").ttft().max()).isGreaterThan(1.5);
    assertThat(bundle.summary("steady").ttft().max()).as("the other endpoint did not stall").isLessThan(1.5);
  }

  @Test
  void stallCountsAgainstTheObjective() {
    PointSummary summary = bundle.summary("stalling");

    assertThat(summary.completed()).isEqualTo(summary.planned());
    assertThat(summary.attainment().ttft()).isLessThan(0.8);
  }
}
