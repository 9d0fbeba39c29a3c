package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.measurement.Counts;
import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {
  private static final ScriptedServer.Script COMPLETES = (request, wire) -> wire.completion(request.maxTokens());
  private static final Duration NEVER_ENDING = Duration.ofMinutes(10);

  @Test
  void everyRequestOfThePointIsSentOnceAndNeverMoreThanOneByEachUser() throws Exception {
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> {
      most.accumulateAndGet(open.incrementAndGet(), Math::max);
      Wire.pause(1);
      open.decrementAndGet();
      wire.completion(request.maxTokens());
    })) {
      Driver.Finished run = run(server, users(3, 50, ClosedLoopTest::noThought), Driver.workload(5, 2));

      assertThat(run.counts().completed()).isEqualTo(50);
      assertThat(run.records()).extracting(RequestRecord::index)
          .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
      assertThat(most.get()).isLessThanOrEqualTo(3);
      for (int user = 0; user < 3; user++) {
        eachFollowsTheOneBefore(ofUser(user, run.records(), 3), 0);
      }
    }
  }

  @Test
  void aRequestIsDueWhenItsUserHasThoughtAndLatencyCountsFromThere() throws Exception {
    long think = Duration.ofMillis(25).toNanos();
    try (ScriptedServer server = ScriptedServer.start(COMPLETES)) {
      Driver.Finished run = run(server, users(2, 8, index -> think), Driver.workload(5, 2));
      for (int user = 0; user < 2; user++) {
        eachFollowsTheOneBefore(ofUser(user, run.records(), 2), think);
      }
      assertThat(run.records()).allSatisfy(record -> {
        assertThat(record.sentNanos()).isGreaterThanOrEqualTo(record.intendedNanos());
        assertThat(record.ttftNanos()).isEqualTo(record.firstTokenNanos() - record.intendedNanos());
        assertThat(record.releasedNanos()).isEqualTo(record.intendedNanos());
      });
    }
  }

  @Test
  void usersStartWhenThePlanWantsThem() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(COMPLETES)) {
      long apart = Duration.ofMillis(40).toNanos();
      var plan = new PlannedUsers(3, new int[]{0, 1, 2}, new long[]{0, apart, 2 * apart}, ClosedLoopTest::noThought,
          OptionalInt.of(3), NEVER_ENDING, Duration.ZERO);
      Driver.Finished run = run(server, plan, Driver.workload(5, 2));
      for (int user = 0; user < 3; user++) {
        assertThat(run.records().get(user).intendedNanos()).isGreaterThanOrEqualTo(user * apart);
      }
    }
  }

  @Test
  void aPointOfADurationCountsWhatHasBegunAndLetsItEnd() throws Exception {
    Duration end = Duration.ofMillis(120);
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> {
      Wire.pause(20);
      wire.completion(request.maxTokens());
    })) {
      Driver.Finished run = run(server, new PlannedUsers(2, new int[]{0, 1}, new long[2], ClosedLoopTest::noThought,
          OptionalInt.empty(), end, Duration.ZERO), Driver.workload(5, 2));
      assertThat(run.counts().planned()).isEqualTo(run.records().size()).isEqualTo(run.counts().completed());
      assertThat(run.counts().unsent()).isZero();
      assertThat(run.records()).allSatisfy(record -> assertThat(record.intendedNanos()).isLessThan(end.toNanos()));
      assertThat(run.records()).anySatisfy(record -> assertThat(record.endNanos()).isGreaterThan(end.toNanos()));
    }
  }

  @Test
  void theUnionOverNodesIsTheSameForAnyNumberOfThem() throws Exception {
    try (ScriptedServer alone = ScriptedServer.start(COMPLETES);
        ScriptedServer shared = ScriptedServer.start(COMPLETES)) {
      run(alone, users(5, 23, ClosedLoopTest::noThought), Driver.workload(9, 2));
      int planned = 0;
      for (int[] numbers : List.of(new int[]{0, 2, 4}, new int[]{1, 3})) {
        planned += run(shared,
            new PlannedUsers(5, numbers, new long[numbers.length], ClosedLoopTest::noThought, OptionalInt.of(23),
                NEVER_ENDING, Duration.ZERO),
            Driver.workload(9, 2)).records().size();
      }
      assertThat(planned).isEqualTo(23);
      assertThat(bodies(shared)).isEqualTo(bodies(alone));
    }
  }

  @Test
  void longPromptsAreTheSameWhetherMadeAheadOrOnTheLoop() throws Exception {
    Workload longPrompts = Driver.workload(3000, 2);
    try (ScriptedServer closed = ScriptedServer.start(COMPLETES);
        ScriptedServer open = ScriptedServer.start(COMPLETES)) {
      run(closed, users(2, 20, index -> 3_000_000), longPrompts);
      Driver.run(Driver.settings(), Driver.colocated(open), Driver.every(Duration.ofMillis(1), 20), longPrompts);
      assertThat(bodies(closed)).isEqualTo(bodies(open));
    }
  }

  @Test
  void aUserWhoseRequestFailsRestsBeforeTheNextOne() throws Exception {
    long rest = Duration.ofMillis(30).toNanos();
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> wire.json(500, "{}"))) {
      Driver.Finished run = run(server,
          new PlannedUsers(1, new int[]{0}, new long[1], ClosedLoopTest::noThought, OptionalInt.of(4),
              NEVER_ENDING, Duration.ofNanos(rest)),
          Driver.workload(5, 2));
      assertThat(run.counts().failed()).isEqualTo(4);
      eachFollowsTheOneBefore(run.records(), rest);
    }
  }

  @Test
  void whatDoesNotBeginWithinTheTimeOfThePointIsUnsent() throws Exception {
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> {
      Wire.pause(20);
      wire.completion(request.maxTokens());
    })) {
      Driver.Finished run = run(server, new PlannedUsers(1, new int[]{0}, new long[1], ClosedLoopTest::noThought,
          OptionalInt.of(5000), Duration.ofMillis(100), Duration.ZERO), Driver.workload(5, 2));
      assertThat(run.counts().planned()).isEqualTo(5000);
      assertThat(run.counts().completed()).isPositive();
      assertThat(run.counts().unsent()).isEqualTo(5000 - run.counts().completed());
      assertThat(run.reasons()).contains(
          "the point's time of 100 ms was over before all its requests had begun");
      assertThat(run.records().getLast().intendedNanos()).as("nobody was ready for it").isEqualTo(RequestRecord.NEVER);
    }
  }

  @Test
  void stoppingLetsOpenRequestsEndAndSendsThinkingUsersHome() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(COMPLETES); LoadClient client = client(server)) {
      LoadRun run = client.prepare(users(4, 100, index -> Duration.ofMinutes(5).toNanos()), Driver.workload(5, 2),
          "nonce", Driver.SLO);
      run.start(System.nanoTime());
      Eventually.becomesTrue(() -> run.snapshot().counts().completed() == 4);
      run.stopSending("lease ended");
      Driver.Finished finished = Driver.finish(run);
      assertThat(finished.counts().completed()).isEqualTo(4);
      assertThat(finished.counts().unsent()).isEqualTo(96);
      assertThat(finished.reasons()).containsExactlyInAnyOrder("", "lease ended");
    }
  }

  @Test
  void abandoningEndsOpenRequestsOfAPointOfADurationToo() throws Exception {
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> Wire.pause(60_000));
        LoadClient client = client(server)) {
      LoadRun run = client.prepare(new PlannedUsers(3, new int[]{0, 1, 2}, new long[3], ClosedLoopTest::noThought,
          OptionalInt.empty(), NEVER_ENDING, Duration.ZERO), Driver.workload(5, 2), "nonce", Driver.SLO);
      run.start(System.nanoTime());
      Eventually.becomesTrue(() -> run.snapshot().counts().inFlight() == 3);
      run.abandonInFlight("interrupted");
      Driver.Finished finished = Driver.finish(run);
      assertThat(finished.counts()).extracting(Counts::planned, Counts::timedOut).containsExactly(3L, 3L);
    }
  }

  @Test
  void aRunThatNeverStartsEndsWhenTheClientIsClosed() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(COMPLETES)) {
      LoadRun byRequests;
      LoadRun byTime;
      try (LoadClient client = client(server)) {
        byRequests = client.prepare(users(3, 10, ClosedLoopTest::noThought), Driver.workload(5, 2), "nonce",
            Driver.SLO);
        byTime = client.prepare(
            new PlannedUsers(3, new int[]{0, 1, 2}, new long[3], ClosedLoopTest::noThought, OptionalInt.empty(),
                NEVER_ENDING, Duration.ZERO),
            Driver.workload(5, 2), "nonce", Driver.SLO);
      }
      assertThat(Driver.finish(byRequests).counts().unsent()).isEqualTo(10);
      assertThat(Driver.finish(byTime).counts().planned()).isZero();
    }
  }

  /** Whatever servers do, each request ends in exactly one outcome, and the users go on. */
  @Test
  void noServerCanStopTheUsers() throws Exception {
    AtomicInteger count = new AtomicInteger();
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> {
      switch (count.getAndIncrement() % 4) {
        case 0 -> wire.json(503, "{}");
        case 1 -> wire.reset();
        case 2 -> wire.close();
        default -> wire.completion(request.maxTokens());
      }
    })) {
      Driver.Finished run = run(server, users(4, 200, ClosedLoopTest::noThought), Driver.workload(5, 2));
      assertThat(run.records()).extracting(RequestRecord::index).doesNotHaveDuplicates().hasSize(200);
      assertThat(run.counts().completed()).isPositive();
      assertThat(run.records()).extracting(RequestRecord::outcome).contains(Outcome.FAILED);
    }
  }

  @Test
  void moreUsersThanMayBeInFlightAreRefused() throws Exception {
    ClientSettings settings = new ClientSettings(Dialect.COMPLETIONS, "m", Duration.ofSeconds(5),
        Duration.ofSeconds(20), Duration.ofSeconds(20), 1, Optional.empty(), 2, Driver.FULL);
    try (ScriptedServer server = ScriptedServer.start(COMPLETES);
        LoadClient client = LoadClient.open(settings, Driver.colocated(server), NanoClock.system())) {
      assertThatThrownBy(
          () -> client.prepare(users(3, 9, ClosedLoopTest::noThought), Driver.workload(5, 2), "n", Driver.SLO))
          .hasMessage("this node has 3 users, but only 2 requests may be in flight; raise that limit or use more load"
              + " nodes");
    }
  }

  private static void eachFollowsTheOneBefore(List<RequestRecord> ofOneUser, long thinkNanos) {
    for (int at = 1; at < ofOneUser.size(); at++) {
      assertThat(ofOneUser.get(at).intendedNanos()).isEqualTo(ofOneUser.get(at - 1).endNanos() + thinkNanos);
    }
  }

  private static List<RequestRecord> ofUser(int user, List<RequestRecord> records, int users) {
    return records.stream().filter(record -> record.index() % users == user).toList();
  }

  private static long noThought(int index) {
    return 0;
  }

  private static List<String> bodies(ScriptedServer server) {
    return new ArrayList<>(server.requests().stream().map(ScriptedServer.Request::body).sorted()
        .collect(Collectors.toList()));
  }

  private static LoadClient client(ScriptedServer server) {
    return LoadClient.open(Driver.settings(), Driver.colocated(server), NanoClock.system());
  }

  private static PlannedUsers users(int users, int requests, IntToLongFunction think) {
    return new PlannedUsers(users, IntStream.range(0, users).toArray(), new long[users], think,
        OptionalInt.of(requests), NEVER_ENDING, Duration.ZERO);
  }

  private static Driver.Finished run(ScriptedServer server, PlannedUsers users, Workload workload)
      throws InterruptedException {
    ClientSettings settings = new ClientSettings(Dialect.COMPLETIONS, "the-model", Duration.ofSeconds(5),
        Duration.ofSeconds(20), Duration.ofSeconds(25), 2, Optional.empty(), 10_000, Driver.FULL);
    try (LoadClient client = LoadClient.open(settings, Driver.colocated(server), NanoClock.system())) {
      LoadRun run = client.prepare(users, workload, "nonce", Driver.SLO);
      run.start(System.nanoTime() + 5_000_000);
      return Driver.finish(run);
    }
  }
}
