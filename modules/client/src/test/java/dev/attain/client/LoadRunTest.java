package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.measurement.Counts;
import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoadRunTest {
  private static final ScriptedServer.Script COMPLETES = (request, wire) -> wire.completion(request.maxTokens());
  private static final ScriptedServer.Script HANGS = (request, wire) -> Wire.pause(60_000);

  private static LoadClient client(ScriptedServer server) {
    return LoadClient.open(Driver.settings(), Driver.colocated(server), NanoClock.system());
  }

  private static LoadRun prepare(LoadClient client, PlannedArrivals arrivals) {
    return client.prepare(arrivals, Driver.workload(5, 4), "nonce", Driver.SLO);
  }

  private static void waitUntil(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Driver.DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Wire.pause(1);
    }
  }

  private static long counted(List<RequestRecord> records, Outcome outcome) {
    return records.stream().filter(request -> request.outcome() == outcome).count();
  }

  @Test
  void anEmptyShareIsFinishedAtOnce() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(COMPLETES); LoadClient client = client(server)) {
      LoadRun run = prepare(client, Driver.every(Duration.ZERO, 0));
      assertThat(run.finished()).isTrue();
      run.start(System.nanoTime());
      assertThat(Driver.finish(run).counts().planned()).isZero();
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        assertThat(!thread.getName().equals("attain-pacer") || thread.join(Duration.ofSeconds(10)))
            .as("its pacer ends").isTrue();
      }
    }
  }

  @Test
  void nothingIsSentBeforeTheStart() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(COMPLETES); LoadClient client = client(server)) {
      LoadRun run = prepare(client, Driver.every(Duration.ZERO, 5));
      assertThat(run.snapshot().counts()).isEqualTo(Counts.ofPlanned(5));
      assertThat(run.finished()).isFalse();
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void stoppingBeforeTheStartLeavesEverythingUnsent() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(COMPLETES); LoadClient client = client(server)) {
      LoadRun run = prepare(client, Driver.every(Duration.ofMillis(1), 5000));
      run.stopSending("the point was cancelled");
      run.start(System.nanoTime());
      Driver.Finished finished = Driver.finish(run);
      assertThat(finished.counts().unsent()).isEqualTo(5000);
      assertThat(finished.reasons()).containsExactly("the point was cancelled");
      assertThat(finished.records()).extracting(RequestRecord::index).doesNotHaveDuplicates().hasSize(5000);
      assertThat(finished.records().getFirst().sentNanos()).isEqualTo(RequestRecord.NEVER);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void stoppingInTheMiddleKeepsWhatIsOpenAndLeavesTheRestUnsent() throws Exception {
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> {
      Wire.pause(200);
      wire.completion(request.maxTokens());
    }); LoadClient client = client(server)) {
      LoadRun run = prepare(client, Driver.every(Duration.ofMillis(20), 5000));
      run.start(System.nanoTime());
      waitUntil(() -> run.snapshot().counts().sent() >= 5);
      run.stopSending("lease ended");
      run.stopSending("a second reason, which comes too late");
      Driver.Finished finished = Driver.finish(run);

      assertThat(finished.counts().completed()).isGreaterThanOrEqualTo(5);
      assertThat(finished.counts().unsent()).isEqualTo(5000 - finished.counts().completed());
      assertThat(finished.reasons()).containsExactlyInAnyOrder("", "lease ended");
    }
  }

  @Test
  void abandoningClosesWhatIsOpen() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(HANGS); LoadClient client = client(server)) {
      LoadRun run = prepare(client, Driver.every(Duration.ofMillis(1), 20));
      run.start(System.nanoTime());
      waitUntil(() -> run.snapshot().counts().inFlight() == 20);
      run.stopSending("the point is over");
      run.abandonInFlight("not answered within the drain of 5 s");
      Driver.Finished finished = Driver.finish(run);

      assertThat(finished.counts().timedOut()).isEqualTo(20);
      assertThat(finished.reasons()).containsExactly("not answered within the drain of 5 s");
    }
  }

  @Test
  void abandoningAloneEndsTheRunToo() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(HANGS); LoadClient client = client(server)) {
      LoadRun run = prepare(client, Driver.every(Duration.ofMillis(1), 5000));
      run.start(System.nanoTime());
      waitUntil(() -> run.snapshot().counts().sent() >= 3);
      run.abandonInFlight("interrupted");
      Driver.Finished finished = Driver.finish(run);

      assertThat(finished.counts().timedOut()).isPositive();
      assertThat(finished.counts().timedOut() + finished.counts().unsent()).isEqualTo(5000);
    }
  }

  @Test
  void closingTheClientEndsItsRuns() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(HANGS)) {
      LoadRun started;
      LoadRun waiting;
      try (LoadClient client = client(server)) {
        started = prepare(client, Driver.every(Duration.ofMillis(1), 10));
        waiting = prepare(client, Driver.every(Duration.ofMillis(1), 10));
        started.start(System.nanoTime());
        waitUntil(() -> started.snapshot().counts().sent() == 10);
      }
      assertThat(Driver.finish(started).reasons()).containsExactly("the client was closed");
      assertThat(Driver.finish(waiting).counts().unsent()).isEqualTo(10);
    }
  }

  @Test
  void theHardStopLeavesArrivalsUnsentWhileTooManyAreOpen() throws Exception {
    ClientSettings settings = new ClientSettings(Dialect.COMPLETIONS, "m", Duration.ofSeconds(5),
        Duration.ofSeconds(20), Duration.ofSeconds(20), 2, Optional.empty(), 4, Driver.FULL, ConnectionsAhead.NONE);
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> {
      Wire.pause(300);
      wire.completion(request.maxTokens());
    })) {
      Driver.Finished run = Driver.run(settings, Driver.colocated(server), Driver.every(Duration.ofMillis(1), 12),
          Driver.workload(5, 2));

      assertThat(run.counts().completed()).isEqualTo(4);
      assertThat(run.counts().unsent()).isEqualTo(8);
      assertThat(run.reasons()).containsExactlyInAnyOrder("", "hard stop: 4 requests in flight when it was due");
    }
  }

  @Test
  void aLateStartMakesLatenciesWorseAndSaysSo() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(COMPLETES); LoadClient client = client(server)) {
      LoadRun run = prepare(client, Driver.every(Duration.ofMillis(1), 3));
      run.start(System.nanoTime() - Duration.ofMillis(200).toNanos());
      Driver.Finished finished = Driver.finish(run);

      assertThat(finished.load().startLatenessNanos()).isGreaterThanOrEqualTo(200_000_000);
      assertThat(finished.records())
          .allSatisfy(request -> assertThat(request.ttftNanos()).isGreaterThanOrEqualTo(190_000_000));
      assertThatThrownBy(() -> run.start(System.nanoTime())).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void snapshotsAndRecordsMayBeTakenWhileTheRunGoesOn() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(COMPLETES); LoadClient client = client(server)) {
      LoadRun run = prepare(client, Driver.every(Duration.ofMillis(1), 300));
      run.start(System.nanoTime());
      List<RequestRecord> records = new ArrayList<>();
      long number = 0;
      while (!run.finished()) {
        records.addAll(run.takeFinished());
        assertThat(run.snapshot().number()).isEqualTo(++number);
        Wire.pause(5);
      }
      records.addAll(run.takeFinished());

      assertThat(run.takeFinished()).isEmpty();
      assertThat(records).extracting(RequestRecord::index).doesNotHaveDuplicates().hasSize(300);
      assertThat(run.snapshot().counts().completed()).isEqualTo(300);
    }
  }

  /** Whatever servers do, each request ends in exactly one outcome. */
  @Test
  void noServerCanMakeARequestDisappear() throws Exception {
    Random random = new Random(11);
    ScriptedServer.Script whims = (request, wire) -> misbehave(random.nextInt(9), request, wire);
    ClientSettings settings = new ClientSettings(Dialect.COMPLETIONS, "m", Duration.ofSeconds(2),
        Duration.ofMillis(250), Duration.ofMillis(400), 2, Optional.empty(), 60, Driver.FULL, ConnectionsAhead.NONE);
    for (int round = 0; round < 3; round++) {
      try (ScriptedServer server = ScriptedServer.start(whims);
          LoadClient client = LoadClient.open(settings, Driver.colocated(server, server), NanoClock.system())) {
        LoadRun run = prepare(client, Driver.every(Duration.ofNanos(500_000), 600));
        run.start(System.nanoTime());
        if (round > 0) {
          waitUntil(() -> run.finished() || run.snapshot().counts().sent() > 50);
          server.hangUp();
          run.stopSending("stopped");
        }
        if (round > 1) {
          run.abandonInFlight("abandoned");
        }
        Driver.Finished finished = Driver.finish(run);
        Counts counts = finished.counts();
        assertThat(finished.records()).extracting(RequestRecord::index).doesNotHaveDuplicates().hasSize(600);
        assertThat(List.of(counts.completed(), counts.failed(), counts.timedOut(), counts.unsent())).isEqualTo(
            Stream.of(Outcome.COMPLETED, Outcome.FAILED, Outcome.TIMED_OUT, Outcome.UNSENT)
                .map(outcome -> counted(finished.records(), outcome)).toList());
        if (round == 0) {
          assertThat(counts.completed()).isPositive();
          assertThat(counts.failed()).isPositive();
        }
      }
    }
  }

  private static void misbehave(int whim, ScriptedServer.Request request, Wire wire)
      throws IOException, InterruptedException {
    switch (whim) {
      case 0 -> wire.json(500, "{}");
      case 1 -> wire.reset();
      case 2 -> {
        wire.streamHead();
        wire.tokens(2, false);
        wire.close();
      }
      case 3 -> HANGS.answer(request, wire);
      case 4 -> {
        wire.completion(request.maxTokens());
        wire.close();
      }
      case 5 -> {
        wire.completion(request.maxTokens());
        wire.raw("what nobody asked for");
      }
      case 6 -> {
        wire.streamHead();
        wire.tokens(4, true);
        wire.done();
        wire.done();
        wire.lastChunk();
      }
      default -> wire.completion(request.maxTokens());
    }
  }
}
