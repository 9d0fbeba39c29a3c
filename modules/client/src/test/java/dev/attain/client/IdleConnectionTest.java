package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of connections between requests. Time moves by hand where it matters. */
class IdleConnectionTest {
  private static final ScriptedServer.Script COMPLETES = (request, wire) -> wire.completion(request.maxTokens());

  private static ScriptedServer.Script announcing(String keepAlive) {
    return (request, wire) -> wire.completion(request.maxTokens(), "Keep-Alive: " + keepAlive);
  }

  private static ClientSettings ahead(int connections) {
    return new ClientSettings(Dialect.COMPLETIONS, "the-model", Duration.ofSeconds(5), Duration.ofSeconds(20),
        Duration.ofSeconds(25), 1, Optional.empty(), 10_000, Driver.FULL,
        new ConnectionsAhead(OptionalInt.of(connections)));
  }

  private static RequestRecord oneRequest(LoadClient client, long originNanos) throws InterruptedException {
    LoadRun run = client.prepare(Driver.every(Duration.ZERO, 1), Driver.workload(5, 2), "n", Driver.SLO);
    run.start(originNanos);
    return Driver.finish(run).records().getFirst();
  }

  /** Requests so far apart on one client; how many connections the server saw. */
  private static int connections(ScriptedServer.Script script, Duration apart, int requests) throws Exception {
    AtomicLong now = new AtomicLong();
    try (ScriptedServer server = ScriptedServer.start(script);
        LoadClient client = LoadClient.open(Driver.settings(), Driver.colocated(server), now::get)) {
      for (int number = 0; number < requests; number++) {
        assertThat(oneRequest(client, now.get()).outcome()).isEqualTo(Outcome.COMPLETED);
        now.addAndGet(apart.toNanos());
      }
      return server.connections();
    }
  }

  @Test
  void aConnectionIsGivenUpBeforeAServerThatClosesAfterFiveSecondsWouldCloseIt() throws Exception {
    assertThat(connections(COMPLETES, Duration.ofMillis(3_999), 3)).isOne();
    assertThat(connections(COMPLETES, Duration.ofSeconds(4), 3)).isEqualTo(3);
  }

  @Test
  void aServerThatKeepsConnectionsForOneSecondOnlyIsBelieved() throws Exception {
    assertThat(connections(announcing("timeout=1"), Duration.ofMillis(799), 3)).isOne();
    assertThat(connections(announcing("timeout=1, max=100"), Duration.ofMillis(800), 3)).isEqualTo(3);
  }

  @Test
  void aServerThatKeepsConnectionsLongerIsBelievedToo() throws Exception {
    assertThat(connections(announcing("max=100, timeout=60"), Duration.ofSeconds(47), 3)).isOne();
    assertThat(connections(announcing("timeout=60"), Duration.ofSeconds(48), 3)).isEqualTo(3);
    assertThat(connections(announcing("timeout=0"), Duration.ofMillis(1), 3)).isEqualTo(3);
  }

  private static void close(Wire wire) {
    try {
      wire.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers, and closes the connection when it has been idle for so long, to the instant. */
  private static ScriptedServer.Script closing(long idleMillis, String header) {
    Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    return (request, wire) -> {
      wire.completion(request.maxTokens(), header);
      long closing = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(idleMillis);
      int answer = answers.merge(request.connection(), 1, Integer::sum);
      CompletableFuture.delayedExecutor(closing - System.nanoTime(), TimeUnit.NANOSECONDS).execute(() -> {
        if (answers.get(request.connection()) == answer) {
          close(wire);
        }
      });
    };
  }

  @Test
  void requestsThatComeJustAsAServerClosesItsIdleConnectionsAllSucceed() throws Exception {
    try (ScriptedServer five = ScriptedServer.start(closing(5000, "X-Nothing: to say"));
        ScriptedServer one = ScriptedServer.start(closing(1000, "Keep-Alive: timeout=1"))) {
      // Even requests go to the first, odd ones to the second.
      int[] indices = {0, 1, 3, 5, 7, 9, 2};
      long[] seconds = {0, 0, 1, 2, 3, 4, 5};
      PlannedArrivals arrivals = new PlannedArrivals(indices,
          LongStream.of(seconds).map(TimeUnit.SECONDS::toNanos).toArray());
      Driver.Finished run = Driver.run(Driver.settings(), Driver.colocated(five, one), arrivals,
          Driver.workload(5, 2));

      assertThat(run.records()).allSatisfy(request -> {
        assertThat(request.outcome()).as(request.reason()).isEqualTo(Outcome.COMPLETED);
        // An answer that came late on a busy machine leaves a connection that is still young at the next request.
        long longestIdle = TimeUnit.MILLISECONDS.toNanos(request.decodeInstance() == 0 ? 4000 : 800);
        assertThat(request.sending().connectionsOpened() == 1 || request.sending().idleNanos() < longestIdle)
            .as("%s", request.sending()).isTrue();
      });
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"timeout=5|4000", "Timeout = 10, max=3|8000", "max=5,timeout=\"2\"|1600",
      "timeout=999999999|60000", "max=5|-1", "mytimeout=5|-1", "''|-1", "timeout=|-1", "timeout=0|0"})
  void theHeaderIsReadWithAMarginOfAFifth(String header, long millis) {
    assertThat(KeepAlive.usableNanos(header)).isEqualTo(millis < 0 ? -1 : TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void aConnectionThatBreaksAsItIsUsedAgainFailsTheRequestAndIsNamed() throws Exception {
    AtomicLong now = new AtomicLong();
    ScriptedServer.Script breaksTheSecond = (request, wire) -> {
      if (request.onConnection() == 0) {
        wire.completion(request.maxTokens());
      } else {
        wire.reset();
      }
    };
    try (ScriptedServer server = ScriptedServer.start(breaksTheSecond);
        LoadClient client = LoadClient.open(Driver.settings(), Driver.colocated(server), now::get)) {
      RequestRecord first = oneRequest(client, now.get());
      now.addAndGet(Duration.ofMillis(1500).toNanos());
      RequestRecord second = oneRequest(client, now.get());

      assertThat(first.sending().connectionsOpened()).isOne();
      assertThat(first.sending().connectNanos()).isNotNegative();
      assertThat(first.sending().idleNanos()).isEqualTo(RequestRecord.NEVER);
      assertThat(first.sending().staleConnection()).isFalse();
      assertThat(second.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(second.reason()).isEqualTo("connection reset before the first byte, reused after 1.500 s idle");
      assertThat(second.sending().staleConnection()).isTrue();
      assertThat(second.sending().connectionsOpened()).isZero();
      assertThat(second.sending().idleNanos()).isEqualTo(Duration.ofMillis(1500).toNanos());
      assertThat(server.requests()).as("nothing is tried twice").hasSize(2);
    }
  }

  @Test
  void aResetOfANewConnectionIsNotCountedAsOneOfAnIdleOne() throws Exception {
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> wire.reset())) {
      Driver.Finished run = Driver.run(Driver.settings(), Driver.colocated(server), Driver.every(Duration.ZERO, 3),
          Driver.workload(5, 2));

      assertThat(run.records()).allSatisfy(request -> {
        assertThat(request.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(request.sending().staleConnection()).isFalse();
      });
    }
  }

  @Test
  void connectionsOpenedAheadSpareTheArrivalsTheirs() throws Exception {
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> {
      Wire.pause(200);
      wire.completion(request.maxTokens());
    }); LoadClient client = LoadClient.open(ahead(20), Driver.colocated(server), NanoClock.system())) {
      LoadRun run = client.prepare(Driver.every(Duration.ZERO, 20), Driver.workload(5, 2), "n", Driver.SLO);
      run.start(System.nanoTime() + Duration.ofMillis(500).toNanos());
      Driver.Finished finished = Driver.finish(run);

      assertThat(finished.counts().completed()).isEqualTo(20);
      assertThat(finished.records()).allSatisfy(request -> {
        assertThat(request.sending().connectionsOpened()).isZero();
        assertThat(request.sending().connectNanos()).isEqualTo(RequestRecord.NEVER);
        assertThat(request.sending().idleNanos()).isPositive();
      });
    }
  }

  @Test
  void aConnectionOpenedAheadThatBreaksIsNamedAsSuch() throws Exception {
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> wire.reset());
        LoadClient client = LoadClient.open(ahead(1), Driver.colocated(server), NanoClock.system())) {
      LoadRun run = client.prepare(Driver.every(Duration.ZERO, 1), Driver.workload(5, 2), "n", Driver.SLO);
      run.start(System.nanoTime() + Duration.ofMillis(300).toNanos());
      RequestRecord request = Driver.finish(run).records().getFirst();

      assertThat(request.reason()).matches("connection reset before the first byte, opened 0\\.\\d{3} s ahead");
      assertThat(request.sending().staleConnection()).isTrue();
    }
  }

  @Test
  void whatIsTakenIsMadeUpForWhileTheRunGoesOnAndNoLonger() throws Exception {
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> {
      Wire.pause(1000);
      wire.completion(request.maxTokens());
    }); LoadClient client = LoadClient.open(ahead(3), Driver.colocated(server), NanoClock.system())) {
      LoadRun run = client.prepare(Driver.every(Duration.ofMillis(100), 6), Driver.workload(5, 2), "n", Driver.SLO);
      run.start(System.nanoTime() + Duration.ofMillis(300).toNanos());
      Driver.Finished finished = Driver.finish(run);

      assertThat(finished.records()).extracting(request -> request.sending().connectionsOpened()).containsOnly(0);
      assertThat(server.connections()).as("six in use and three ready").isEqualTo(9);
      Wire.pause(600);
      assertThat(server.connections()).isEqualTo(9);
    }
  }

  @Test
  void aServerThatIsNotThereMakesRequestsFailAndNotTheOpeningAhead() throws Exception {
    ScriptedServer gone = ScriptedServer.start(COMPLETES);
    gone.close();
    try (LoadClient client = LoadClient.open(ahead(50), Driver.colocated(gone), NanoClock.system())) {
      LoadRun run = client.prepare(Driver.every(Duration.ofMillis(1), 20), Driver.workload(5, 2), "n", Driver.SLO);
      run.start(System.nanoTime() + Duration.ofMillis(100).toNanos());
      Driver.Finished finished = Driver.finish(run);

      assertThat(finished.reasons()).containsExactly("connection refused 127.0.0.1:" + gone.port());
      assertThat(finished.records()).extracting(request -> request.sending().connectionsOpened()).containsOnly(1);
    }
  }

  @Test
  void withoutANumberTheDensestPartOfTheScheduleSaysHowMany() {
    long[] spread = IntStream.range(0, 12).mapToLong(i -> Duration.ofMillis(30L * i).toNanos()).toArray();
    long[] burst = spread.clone();
    for (int at = 4; at < 9; at++) {
      burst[at] = Duration.ofMillis(120 + at).toNanos();
    }
    assertThat(ConnectionsAhead.AUTO.forEachLoop(spread, 1)).isEqualTo(2);
    assertThat(ConnectionsAhead.AUTO.forEachLoop(burst, 1)).isEqualTo(10);
    assertThat(ConnectionsAhead.AUTO.forEachLoop(burst, 4)).isEqualTo(3);
    assertThat(ConnectionsAhead.AUTO.forEachLoop(Driver.every(Duration.ZERO, 100_000).intendedNanos(), 1))
        .isEqualTo(256);
    assertThat(ConnectionsAhead.AUTO.forEachLoop(Driver.every(Duration.ZERO, 0).intendedNanos(), 1)).isEqualTo(2);
    assertThat(new ConnectionsAhead(OptionalInt.of(7)).forEachLoop(Driver.every(Duration.ZERO, 1).intendedNanos(), 2))
        .isEqualTo(4);
    assertThat(ConnectionsAhead.NONE.forEachLoop(Driver.every(Duration.ZERO, 9).intendedNanos(), 1)).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> new ConnectionsAhead(OptionalInt.of(-1)));
  }

  @Test
  void theStampsOfARequestAreInTheOrderOfTime() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(COMPLETES)) {
      Driver.Finished run = Driver.run(Driver.settings(), Driver.colocated(server),
          Driver.every(Duration.ofMillis(2), 30), Driver.workload(20, 8));

      assertThat(run.records()).allSatisfy(request -> assertThat(
          List.of(request.intendedNanos(), request.sending().handedNanos(), request.sentNanos(),
              request.sending().writtenNanos(), request.firstByteNanos(), request.firstTokenNanos(),
              request.lastTokenNanos(), request.endNanos()))
          .isSorted());
      assertThat(run.snapshot().latencies().of(LatencyMetric.ITL_PER_TOKEN))
          .isEqualTo(run.snapshot().latencies().of(LatencyMetric.ITL));
    }
  }

  @Test
  void whatComesAheadOfTimeToALoopThatIsLateCountsAsHandedOverWhenItWasDue() throws Exception {
    long latenessNanos = Duration.ofMillis(20).toNanos();
    // To the loop it is later than to everybody else, as if it had just been held up.
    NanoClock clock = () -> System.nanoTime()
        + (Thread.currentThread() instanceof FastThreadLocalThread ? latenessNanos : 0);
    try (ScriptedServer server = ScriptedServer.start(COMPLETES);
        LoadClient client = LoadClient.open(Driver.settings(), Driver.colocated(server), clock)) {
      LoadRun run = client.prepare(Driver.every(Duration.ofMillis(5), 10), Driver.workload(20, 8), "n", Driver.SLO);
      run.start(System.nanoTime() + Duration.ofMillis(100).toNanos());

      assertThat(Driver.finish(run).records()).hasSize(10).allSatisfy(request -> assertThat(
          List.of(request.intendedNanos(), request.sending().handedNanos(), request.sentNanos())).isSorted());
    }
  }
}
