package dev.attain.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attain.bench.Contender.Arena;
import dev.attain.selftest.ServerReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Truth TRUTH = new Truth(Duration.ofMillis(24), Duration.ofMillis(24), 128);
  private static final Arena ARENA = new Arena(URI.create("http://127.0.0.1:1"), TRUTH, "1", Path.of("/nowhere"));

  private final List<String> turns = new ArrayList<>();
  private final Comparison comparison = new Comparison(ARENA,
      () -> new ServerReport(1, 128, 0, 60, 50, 500, 600, 700, 500),
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));

  /** Reports a TTFT that is late by the number of the round, and costs 10 us for an event. */
  private final class Fake implements Contender {
    private final String name;
    private final int failingRound;

    Fake(String name, int failingRound) {
      this.name = name;
      this.failingRound = failingRound;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void prepare(Arena arena) throws ContenderException {
      if (failingRound == 0) {
        throw new ContenderException("the registry does not answer");
      }
    }

    @Override
    public Outcome run(Load load, Arena arena) throws ContenderException {
      turns.add(name + " " + load.eventsPerSecond() + " round " + load.seed());
      if (load.seed() == failingRound) {
        throw new ContenderException("exit code 1");
      }
      var ttft = new Reading.Millis(24 + load.seed(), 24, 30);
      double cpuSeconds = 5 + 10e-6 * load.requests() * TRUTH.tokens();
      long answered = name.equals("mute") ? 0 : load.requests();
      return new Outcome(new Reading(answered, load.seconds() + TRUTH.e2eSeconds(), ttft,
          new Reading.Millis(24, 24, 25), "a remark, with a comma"), new Cost(cpuSeconds, 5, 100_000_000));
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  @Test
  void clientsTakeTurnsWithinEachRoundAndLoad() throws Exception {
    run(List.of(new Fake("one", -1), new Fake("two", -1)), 2);

    assertThat(turns).containsExactly("one 1280 round 1", "two 1280 round 1", "one 2560 round 1", "two 2560 round 1",
        "one 1280 round 2", "two 1280 round 2", "one 2560 round 2", "two 2560 round 2");
  }

  @Test
  void figuresAreMediansOfTheRounds() throws Exception {
    Row row = run(List.of(new Fake("one", -1)), 3).getFirst();

    assertThat(row.ttftError()).isEqualTo(new Reading.Millis(2, 0, 6));
    assertThat(row.itlError()).isEqualTo(new Reading.Millis(0, 0, 1));
    assertThat(row.requestsPerSecond()).isCloseTo(10, within(1e-6));
    assertThat(row.latenessP99Millis()).isEqualTo(0.5);
  }

  @Test
  void startUpIsNoPartOfTheCostOfAnEvent() throws Exception {
    Row row = run(List.of(new Fake("one", -1)), 1).getFirst();

    assertThat(row.microsPerEvent()).isCloseTo(10, within(1e-6));
    assertThat(row.microsPerEventWithStartUp()).isGreaterThan(100);
  }

  @Test
  void cpuTimesAreComparedRoundByRound() throws Exception {
    List<Row> rows = run(List.of(new Fake(OwnClient.NAME, 2), new Fake("peer", -1)), 3);

    assertThat(rows.get(0).cpuRelativeTo(rows.get(1))).as("round 2 failed").hasSize(2);
    assertThat(page(rows))
        .contains("* At 1280 events/s attain took 1.00 x the CPU time of peer for an event (1.00–1.00).");
  }

  @Test
  void oneWhoCannotTakePartIsNamedWithTheReason() throws Exception {
    List<Row> rows = run(List.of(new Fake("one", -1), new Fake("two", 0)), 1);

    assertThat(rows).extracting(Row::contender).containsOnly("one");
    assertThat(page(rows)).contains("* two took no part: the registry does not answer");
  }

  @Test
  void failedRoundIsToldAndTheOthersCount() throws Exception {
    List<Row> rows = run(List.of(new Fake("one", 1)), 2);

    assertThat(rows.getFirst().rounds()).hasSize(1);
    assertThat(page(rows)).contains("| 1280 | one | 10.0 (10.0–10.0) |",
        "* one failed at 1280 events/s: exit code 1");
  }

  @Test
  void clientThatAlwaysFailsHasARowThatSaysSo() throws Exception {
    assertThat(page(run(List.of(new Fake("one", 1)), 1))).contains("| 1280 | one | failed |");
  }

  @Test
  void clientWithoutAnyAnswerHasFailed() throws Exception {
    List<Row> rows = run(List.of(new Fake("mute", -1)), 1);

    assertThat(rows.getFirst().measured()).isFalse();
    assertThat(page(rows)).contains("* mute failed at 1280 events/s: none of its 10 requests was answered");
  }

  @Test
  void everyRunIsALineWithAllColumns() throws Exception {
    List<Contender> present = comparison.prepare(List.of(new Fake("one", 2)));
    List<Result> results = comparison.run(present, List.of(1280), 1, 2);

    List<String> lines = new Tables(TRUTH, results).csv().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.getFirst()).startsWith("client,round,eventsPerSecondAsked").endsWith("remark");
    assertThat(lines.get(1)).endsWith("\"a remark, with a comma\"").contains(",10.0000,");
    assertThat(lines.get(2)).contains("exit code 1");
  }

  private List<Row> run(List<Contender> contenders, int rounds) throws IOException, InterruptedException {
    return Row.of(comparison.run(comparison.prepare(contenders), List.of(1280, 2560), 1, rounds), TRUTH);
  }

  private String page(List<Row> rows) {
    return new Report(new Machine("a CPU", 2, 1L << 34, "a kernel", "a JDK"), new Report.Setting("0", "1", 1, 1, 1),
        TRUTH, rows, Map.copyOf(comparison.absent())).markdown();
  }
}
