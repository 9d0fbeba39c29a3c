package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.RequestRecord;
import dev.attain.results.LoopKind;
import dev.attain.results.NodeSummary;
import dev.attain.results.PointSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Closed loops, and rates that change within a point, on load nodes that are processes of their own. */
@StartsProcesses
@Tag("long")
class LoadShapesTest {
  private static final int USERS = 6;
  private static final Answer SERVED = Answer.paced(Duration.ofMillis(20), Duration.ofMillis(2));

  /** What a request is, whoever sends it and when. */
  record Content(int index, int promptTokens, int outputTokens) {
    static Content of(RequestRecord record) {
      return new Content(record.index(), record.promptTokens(), record.plannedOutputTokens());
    }
  }

  @TempDir
  Path folder;

  @Test
  void aClosedLoopOnTwoNodesSendsWhatItSendsOnOneAndNeverTwoRequestsOfAUserAtOnce() throws Exception {
    String load = "load = null\nload { concurrency = " + USERS + ", requests = 80 }\n";
    AttainProcess.Ended ended = run("closed", load, 2);
    RunBundle bundle = ended.bundle();
    PointSummary summary = bundle.onlySummary();

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("with 6 users (closed loop: the server sets the pace)");
    assertThat(ended.out()).contains("Closed loop: the server sets the pace.").contains("users");
    assertThat(summary.loop()).isEqualTo(LoopKind.CLOSED);
    assertThat(summary.concurrency()).contains(USERS);
    assertThat(summary.rate()).isEmpty();
    assertThat(summary.scheduleHash()).isEmpty();
    assertThat(summary.completed()).isEqualTo(summary.planned()).isEqualTo(80);
    assertThat(summary.conserved()).isTrue();
    assertThat(contents(bundle)).isEqualTo(contents(run("alone", load, 1).bundle()));
    assertThat(bundle.records("known")).allSatisfy(line -> assertThat(line.node())
        .isEqualTo("load-" + (line.record().index() % USERS % 2 + 1)));
    for (int user = 0; user < USERS; user++) {
      oneAfterTheOther(ofUser(user, bundle));
    }
    assertThat(bundle.folder().resolve("vllm-concurrency6-1.json")).isRegularFile();
    assertThat(Files.readString(bundle.folder().resolve("report.md"))).contains("overload cannot show");
  }

  @Test
  void aClosedLoopThatEndsByTimePlansWhatBeginsWithinIt() {
    AttainProcess.Ended ended = run("timed", """
      load = null
      load { concurrency = 4, duration = 3 s, users { think-time = 50 ms, think-time-distribution = exponential } }
      """, 2);
    RunBundle bundle = ended.bundle();
    PointSummary summary = bundle.onlySummary();

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(summary.planned()).isEqualTo(bundle.records("known").size()).isGreaterThan(20);
    assertThat(summary.conserved()).isTrue();
    assertThat(summary.unsent()).isZero();
    assertThat(summary.nodes()).extracting(NodeSummary::planned).allMatch(planned -> planned > 0);
    assertThat(bundle.records("known"))
        .allSatisfy(line -> assertThat(line.record().intendedNanos()).isBetween(0L, 3_000_000_000L));
  }

  @Test
  void aLimitInFlightIsSplitOverTheNodesAndItsWaitsAreLatencyNotLag() {
    AttainProcess.Ended ended = run("limited",
        "arrivals = constant\nload { rates = 100, duration = 1 s, max-in-flight = 3 }\n", 2);
    RunBundle bundle = ended.bundle();
    PointSummary summary = bundle.onlySummary();

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(summary.completed()).isEqualTo(100);
    // One node has one place for 50 requests of 26 ms that are due every 20 ms: all but the very first wait.
    assertThat(summary.inFlightWait().count()).isBetween(49L, 100L);
    assertThat(summary.inFlightWait().max()).as("50 requests of 26 ms one after the other")
        .isGreaterThan(0.25);
    assertThat(summary.ttft().max()).isGreaterThan(summary.inFlightWait().max());
    assertThat(summary.sendLag().p50()).isLessThan(summary.inFlightWait().p50());
    assertThat(mostAtOnce(bundle, "load-1")).isEqualTo(2);
    assertThat(mostAtOnce(bundle, "load-2")).isEqualTo(1);
  }

  @Test
  void aBurstIsInTheArrivalsOfEveryNodeTogether() {
    AttainProcess.Ended ended = run("burst", """
      arrivals = constant
      load { rates = 20, duration = 3 s, profile { kind = burst, factor = 5, every = 3 s, lasting = 1 s } }
      """, 2);
    List<Long> intended = ended.bundle().records("known").stream().map(line -> line.record().intendedNanos()).toList();

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(intended).hasSize(140);
    assertThat(intended).filteredOn(nanos -> nanos >= 1_000_000_000L && nanos < 2_000_000_000L).hasSize(100);
    assertThat(ended.bundle().manifest().get("arrivals").asText())
        .isEqualTo("constant, every 3 s a burst of 5 times the rate for 1 s");
  }

  private AttainProcess.Ended run(String name, String load, int nodes) {
    try (FakeServer server = FakeServer.start(SERVED)) {
      Path conf = Experiments.write(folder, name, Experiments.external(Map.of("known", server.uri())) + """
        model.name = known-model
        workload { prompt-tokens { kind = uniform, minimum = 8, maximum = 300 }, output-tokens = 4 }
        """ + load);
      return AttainProcess.run(folder, "run", conf.toString(), "-D", "nodes.load=" + nodes);
    }
  }

  private static List<Content> contents(RunBundle bundle) {
    return bundle.records("known").stream().map(line -> Content.of(line.record()))
        .sorted(Comparator.comparingInt(Content::index)).toList();
  }

  private static List<RequestRecord> ofUser(int user, RunBundle bundle) {
    return bundle.records("known").stream().map(line -> line.record()).filter(record -> record.index() % USERS == user)
        .sorted(Comparator.comparingInt(RequestRecord::index)).toList();
  }

  private static void oneAfterTheOther(List<RequestRecord> records) {
    IntStream.range(1, records.size()).forEach(at -> assertThat(records.get(at).intendedNanos())
        .as("the next request is due when the one before has ended").isEqualTo(records.get(at - 1).endNanos()));
  }

  /** A request that is sent in the nanosecond in which another ends comes after it. */
  private static int mostAtOnce(RunBundle bundle, String node) {
    List<RequestRecord> records = bundle.records("known").stream().filter(line -> line.node().equals(node))
        .map(line -> line.record()).toList();
    return records.stream().mapToInt(record -> (int) records.stream().filter(
        other -> other.sentNanos() <= record.sentNanos() && other.endNanos() > record.sentNanos()).count())
        .max().orElse(0);
  }
}
