package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.RequestRecord;
import dev.attain.results.NodeRecord;
import dev.attain.results.NodeSummary;
import dev.attain.results.PointSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four load nodes, processes of their own, offer four times the rate that each of them sends, and what they send together
 * is what one node alone would send: the rate of an experiment is limited by the number of its nodes, not by its plan.
 */
@StartsProcesses
@Tag("long")
class ScaleOutTest {
  private static final int NODES = 4;
  private static final double RATE_OF_A_NODE = 25;
  private static final double RATE_OF_ALL = NODES * RATE_OF_A_NODE;
  private static final Duration OFFERED = Duration.ofSeconds(3);
  /** Generous, since all processes share this machine; a node that paced itself wrongly would be late by seconds. */
  private static final Duration LATE = Duration.ofMillis(500);

  @TempDir
  static Path folder;

  private static RunBundle one;
  private static RunBundle four;
  private static RunBundle allOnOne;

  @BeforeAll
  static void measure() {
    try (FakeServer server = FakeServer.start(Answer.good())) {
      Path conf = Experiments.write(folder, "scale-out", Experiments.external(Map.of("known", server.uri())) + """
        model.name = known-model
        workload { prompt-tokens = 20, output-tokens = 3 }
        load { duration = 3 s }
        """);
      one = run(conf, 1, RATE_OF_A_NODE);
      four = run(conf, NODES, RATE_OF_ALL);
      allOnOne = run(conf, 1, RATE_OF_ALL);
    }
  }

  private static RunBundle run(Path conf, int nodes, double rate) {
    AttainProcess.Ended ended = AttainProcess.run(folder, "run", conf.toString(), "-D", "nodes.load=" + nodes, "-D",
        "load.rates=" + rate, "--results", "results-%d-%.0f".formatted(nodes, rate));
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return ended.bundle();
  }

  @Test
  void fourNodesOfferFourTimesTheRequestsOfOne() {
    // Random arrivals: the number in three seconds differs by a few times its root.
    assertThat(four.onlySummary().planned() / (double) one.onlySummary().planned()).isBetween(3.0, 5.0);
    assertThat(four.onlySummary().planned()).isBetween(220L, 380L);
    assertThat(four.onlySummary().completed()).isEqualTo(four.onlySummary().planned());
  }

  @Test
  void theyAgreeOnThePlanOfOneNodeAlone() {
    assertThat(four.onlySummary().scheduleHash()).isEqualTo(allOnOne.onlySummary().scheduleHash());
    assertThat(intended(four)).isEqualTo(intended(allOnOne));
  }

  @Test
  void eachNodePlansAndSendsItsFourth() {
    PointSummary summary = four.onlySummary();
    long fourth = summary.planned() / NODES;

    assertThat(summary.nodes()).hasSize(NODES)
        .allSatisfy(node -> assertThat(node.planned()).isBetween(fourth, fourth + 1));
    assertThat(summary.nodes().stream().mapToLong(NodeSummary::planned).sum()).isEqualTo(summary.planned());
    assertThat(records(four)).allSatisfy(line -> assertThat(line.node())
        .isEqualTo("load-" + (line.record().index() % NODES + 1)));
  }

  @Test
  void allOfThemSendWhenTheOnePlanSaysSo() {
    assertThat(records(four)).allSatisfy(line -> assertThat(line.record().sendLagNanos()).as("send lag of %s", line)
        .isBetween(0L, LATE.toNanos()));
    // The offered rate is what was sent in the time, not what was planned: the last arrival leaves in time as well.
    long lastSent = records(four).stream().mapToLong(line -> line.record().sentNanos()).max().orElseThrow();
    assertThat(lastSent).isLessThan(OFFERED.plus(LATE).toNanos());
    assertThat(four.onlySummary().unsent()).isZero();
  }

  private static List<Long> intended(RunBundle bundle) {
    List<NodeRecord> records = records(bundle);
    assertThat(records).extracting(line -> line.record().index())
        .isEqualTo(IntStream.range(0, records.size()).boxed().toList());
    return records.stream().map(NodeRecord::record).map(RequestRecord::intendedNanos).toList();
  }

  private static List<NodeRecord> records(RunBundle bundle) {
    return bundle.records("known").stream().sorted(Comparator.comparingInt(line -> line.record().index())).toList();
  }
}
