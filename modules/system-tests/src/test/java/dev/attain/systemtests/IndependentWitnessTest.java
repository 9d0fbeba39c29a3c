package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attain.client.BodyField;
import dev.attain.client.ClientSettings;
import dev.attain.client.ConnectionsAhead;
import dev.attain.client.Dialect;
import dev.attain.client.LoadClient;
import dev.attain.client.LoadRun;
import dev.attain.client.PlannedArrivals;
import dev.attain.client.Target;
import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.NanoClock;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Slo;
import dev.attain.measurement.Snapshot;
import dev.attain.workload.LengthDistribution;
import dev.attain.workload.ModelLimits;
import dev.attain.workload.PromptForm;
import dev.attain.workload.ShapeSource;
import dev.attain.workload.Workload;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The same server, at the same time, measured by the client and by another that shares no line with it. Both have to agree
 * with each other, and with the server's own stamps; these, and not the nominal delays, are the truth, because a busy
 * machine makes the server late too.
 */
class IndependentWitnessTest {
  private static final long TTFT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int REQUESTS = 24;
  private static final int TOKENS = 12;
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final double NANOS_PER_MILLI = 1e6;
  /** A fifth of the time to first token, a fifth of a gap: far above what a busy machine does to a median. */
  private static final double TTFT_TOLERANCE_MILLIS = 40;
  private static final double ITL_TOLERANCE_MILLIS = 10;

  /** By the server's clock, which is this JVM's: from the arrival of each request to its first token, and each gap. */
  private static final Queue<Long> TRUE_TTFTS = new ConcurrentLinkedQueue<>();
  private static final Queue<Long> TRUE_GAPS = new ConcurrentLinkedQueue<>();
  private static List<AkkaHttpWitness.Seen> witnessed;
  private static List<RequestRecord> measured;
  private static Snapshot snapshot;

  @BeforeAll
  static void measureAtTheSameTime() throws Exception {
    try (FakeServer server = FakeServer.start(IndependentWitnessTest::answer);
        AkkaHttpWitness witness = new AkkaHttpWitness();
        LoadClient client = LoadClient.open(settings(), new Target.Colocated(List.of(server.uri())),
            NanoClock.system())) {
      // What both have to load and compile at their first request is not the question.
      witness.ask(server.uri(), TOKENS).toCompletableFuture().get(30, TimeUnit.SECONDS);
      run(client, "warm-up", 2, System.nanoTime());
      TRUE_TTFTS.clear();
      TRUE_GAPS.clear();

      long origin = System.nanoTime() + TTFT_NANOS;
      List<CompletionStage<AkkaHttpWitness.Seen>> asked = ask(witness, server.uri(), origin);
      run(client, "measured", REQUESTS, origin);
      witnessed = new ArrayList<>();
      for (CompletionStage<AkkaHttpWitness.Seen> each : asked) {
        witnessed.add(each.toCompletableFuture().get(60, TimeUnit.SECONDS));
      }
    }
  }

  private static void answer(Wire wire, int tokens) throws IOException {
    long arrived = System.nanoTime();
    wire.stream();
    long before = 0;
    for (int token = 0; token < tokens; token++) {
      until(arrived + TTFT_NANOS + token * GAP_NANOS);
      long now = System.nanoTime();
      wire.token();
      if (token == 0) {
        TRUE_TTFTS.add(now - arrived);
      } else {
        TRUE_GAPS.add(now - before);
      }
      before = now;
    }
    wire.finish(tokens, true);
    wire.end();
  }

  private static void until(long instantNanos) {
    for (long left = instantNanos - System.nanoTime(); left > 0; left = instantNanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Each in the middle between two of the client's. */
  private static List<CompletionStage<AkkaHttpWitness.Seen>> ask(AkkaHttpWitness witness, URI server, long origin) {
    return IntStream.range(0, REQUESTS)
        .mapToObj(number -> witness.askAt(origin + number * PERIOD_NANOS + PERIOD_NANOS / 2, server, TOKENS)).toList();
  }

  private static void run(LoadClient client, String nonce, int requests, long origin) throws InterruptedException {
    PlannedArrivals arrivals = new PlannedArrivals(IntStream.range(0, requests).toArray(),
        IntStream.range(0, requests).mapToLong(index -> index * PERIOD_NANOS).toArray());
    Workload workload = Workload.of(new ShapeSource.Independent(new LengthDistribution.Fixed(16),
        new LengthDistribution.Fixed(TOKENS)), PromptForm.TOKEN_IDS, new ModelLimits(1000, 1000), 1);
    LoadRun run = client.prepare(arrivals, workload, nonce, new Slo(Duration.ofSeconds(1), Duration.ofSeconds(1)));
    run.start(origin);
    assertThat(run.awaitFinished(Duration.ofMinutes(1))).as("%s finished within a minute", nonce).isTrue();
    measured = run.takeFinished();
    snapshot = run.snapshot();
  }

  private static ClientSettings settings() {
    return new ClientSettings(Dialect.COMPLETIONS, "m", Duration.ofSeconds(5), Duration.ofSeconds(30),
        Duration.ofSeconds(60), 1, Optional.empty(), 1000, Set.of(BodyField.IGNORE_EOS, BodyField.STREAM_OPTIONS),
        ConnectionsAhead.AUTO);
  }

  private static double medianMillis(List<Long> nanos) {
    return nanos.stream().sorted().toList().get(nanos.size() / 2) / NANOS_PER_MILLI;
  }

  private static List<Long> witnessedGaps() {
    return witnessed.stream().flatMap(seen -> seen.gapsNanos().stream()).toList();
  }

  @Test
  void bothSawEveryRequestInFull() {
    assertThat(measured).hasSize(REQUESTS).allMatch(RequestRecord::completed);
    assertThat(witnessed).hasSize(REQUESTS).allSatisfy(seen -> assertThat(seen.tokenNanos()).hasSize(TOKENS));
    assertThat(TRUE_TTFTS).as("requests of both").hasSize(2 * REQUESTS);
  }

  @Test
  void bothAgreeOnTheTimeToFirstTokenWithEachOtherAndWithTheServer() {
    double truth = medianMillis(List.copyOf(TRUE_TTFTS));
    double ours = medianMillis(measured.stream().map(RequestRecord::ttftNanos).toList());
    double theirs = medianMillis(witnessed.stream().map(AkkaHttpWitness.Seen::ttftNanos).toList());

    assertThat(truth).as("the server does not answer early").isGreaterThanOrEqualTo(200);
    assertThat(ours).as("ours").isCloseTo(truth, within(TTFT_TOLERANCE_MILLIS));
    assertThat(theirs).as("the witness's").isCloseTo(truth, within(TTFT_TOLERANCE_MILLIS));
    assertThat(ours).as("ours and the witness's").isCloseTo(theirs, within(TTFT_TOLERANCE_MILLIS));
  }

  @Test
  void bothAgreeOnTheGapBetweenTokensWithEachOtherAndWithTheServer() {
    double truth = medianMillis(List.copyOf(TRUE_GAPS));
    double ours = snapshot.latencies().of(LatencyMetric.ITL).getValueAtPercentile(50) / 1e3;
    double theirs = medianMillis(witnessedGaps());

    assertThat(snapshot.latencies().of(LatencyMetric.ITL).getTotalCount()).isEqualTo(REQUESTS * (TOKENS - 1L));
    assertThat(ours).as("ours").isCloseTo(truth, within(ITL_TOLERANCE_MILLIS));
    assertThat(theirs).as("the witness's").isCloseTo(truth, within(ITL_TOLERANCE_MILLIS));
    assertThat(ours).as("ours and the witness's").isCloseTo(theirs, within(ITL_TOLERANCE_MILLIS));
  }

  @Test
  void noTokenIsSeenBeforeTheServerSentIt() {
    double earliest = measured.stream().mapToLong(RequestRecord::serviceTtftNanos).min().orElseThrow()
        / NANOS_PER_MILLI;
    assertThat(earliest).isGreaterThanOrEqualTo(TTFT_NANOS / NANOS_PER_MILLI);
  }
}
