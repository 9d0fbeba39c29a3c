package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.NanoClock;
import dev.attain.measurement.RequestRecord;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs whose measured requests have others before and after them, which only keep the load up. */
class FlankedRunTest {
  private static final Duration GAP = Duration.ofMillis(5);
  private static final int PROMPT = 5;
  private static final ScriptedServer.Script COMPLETES = (request, wire) -> wire.completion(request.maxTokens());

  /** Indices say which is which: measured ones count from 0. */
  private static PlannedArrivals arrivals(int before, int measured, int after) {
    int[] indices = IntStream.range(0, before + measured + after)
        .map(position -> position < before ? 1_000_000 + position : position - before).toArray();
    long[] due = IntStream.range(-before, measured + after).mapToLong(at -> at * GAP.toNanos()).toArray();
    return new PlannedArrivals(indices, due, before, measured, OptionalInt.empty());
  }

  private static LoadRun start(LoadClient client, PlannedArrivals arrivals) {
    LoadRun run = client.prepare(arrivals, Driver.workload(PROMPT, 4), "nonce", Driver.SLO);
    run.start(System.nanoTime() + Duration.ofMillis(100).toNanos());
    return run;
  }

  private static LoadClient client(ScriptedServer server) {
    return LoadClient.open(Driver.settings(), Driver.colocated(server), NanoClock.system());
  }

  @Test
  void onlyMeasuredRequestsAreCountedAndRecorded() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(COMPLETES); LoadClient client = client(server)) {
      LoadRun run = start(client, arrivals(10, 20, 10));
      Driver.Finished finished = Driver.finish(run);

      assertThat(finished.counts().planned()).isEqualTo(20);
      assertThat(finished.counts().completed()).isEqualTo(20);
      assertThat(finished.records()).extracting(RequestRecord::index)
          .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
      assertThat(finished.snapshot().latencies().of(LatencyMetric.ITL).getTotalCount())
          .as("gaps between the tokens of measured requests").isEqualTo(20 * 3);
      Eventually.becomesTrue(run::silent);
      assertThat(run.unmeasured()).isEqualTo(new Unmeasured(20, 20, 20 * PROMPT));
      assertThat(run.takeFinished()).isEmpty();
    }
  }

  @Test
  void theLoadStaysUpAfterTheLastMeasuredRequestUntilItIsStopped() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(COMPLETES); LoadClient client = client(server)) {
      LoadRun run = start(client, arrivals(0, 4, 5000));
      Driver.finish(run);
      Eventually.becomesTrue(() -> run.unmeasured().completed() >= 10);
      assertThat(run.silent()).isFalse();

      run.stopSending("every measured request has ended");
      Eventually.becomesTrue(run::silent);
      assertThat(run.unmeasured().sent()).isLessThan(5000).isEqualTo(run.unmeasured().completed());
    }
  }

  @Test
  void whatKeepsTheLoadUpCanBeGivenUp() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> {
      if (asked.incrementAndGet() <= 5) {
        wire.completion(request.maxTokens());
      } else {
        Wire.pause(60_000);
      }
    }); LoadClient client = client(server)) {
      LoadRun run = start(client, arrivals(0, 5, 3000));
      Driver.finish(run);
      Eventually.becomesTrue(() -> run.unmeasured().sent() > 3);
      run.abandonInFlight("the point is over");
      Eventually.becomesTrue(run::silent);
      assertThat(run.unmeasured().completed()).isZero();
    }
  }

  @Test
  void aShareWithoutMeasuredRequestsIsFinishedAndStillKeepsTheLoadUp() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(COMPLETES); LoadClient client = client(server)) {
      LoadRun run = start(client, arrivals(3, 0, 3));
      assertThat(run.finished()).isTrue();
      Eventually.becomesTrue(run::silent);
      assertThat(run.unmeasured().completed()).isEqualTo(6);
    }
  }

  @Test
  void moreThanThereAreCannotBeMeasured() {
    int[] indices = {0, 1};
    long[] due = {0, 1};
    assertThatThrownBy(() -> new PlannedArrivals(indices, due, 1, 2, OptionalInt.empty()))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(IntStream.range(0, 4).filter(arrivals(1, 2, 1)::measured).toArray()).containsExactly(1, 2);
    assertThat(Arrays.stream(arrivals(1, 2, 1).intendedNanos()).min().orElseThrow()).isNegative();
  }
}
