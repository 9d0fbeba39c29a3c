package dev.attain.bench;

import dev.attain.measurement.Collector;
import dev.attain.measurement.EncodedSnapshot;
import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.Percentiles;
import dev.attain.measurement.Recorder;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Slo;
import dev.attain.measurement.Snapshot;
import dev.attain.measurement.SnapshotMerge;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What recording costs an event loop for each token, and what a snapshot a second costs node and coordinator. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class MeasurementBenchmark {
  private static final Slo SLO = new Slo(Duration.ofMillis(500), Duration.ofMillis(30));
  private static final int REQUESTS = 20_000;
  private static final int TOKENS = 50;
  private static final int NODES = 16;

  private final Recorder recorder = new Recorder(SLO);
  private final Collector collector = new Collector(List.of(recorder), Integer.MAX_VALUE);
  private final RequestRecord request = answered(300_000_000, 20_000_000);
  private final SnapshotMerge merge = new SnapshotMerge();
  private Snapshot snapshot = Snapshot.beforeStart(0);
  private EncodedSnapshot encoded = snapshot.encode();
  private long calls;

  /** A node that has seen a million tokens, and a coordinator that has heard of sixteen such nodes. */
  @Setup
  public void fill() {
    var random = new Random(1);
    for (int at = 0; at < REQUESTS; at++) {
      RequestRecord answered = answered((long) (300e6 * Math.exp(random.nextGaussian())),
          (long) (25e6 * Math.exp(0.5 * random.nextGaussian())));
      recorder.sent();
      for (int token = 1; token < TOKENS; token++) {
        recorder.tokenGap((long) (25e6 * Math.exp(0.5 * random.nextGaussian())));
      }
      recorder.finished(answered);
    }
    snapshot = collector.snapshot();
    encoded = snapshot.encode();
    for (int node = 0; node < NODES; node++) {
      merge.offer("load-" + node, snapshot);
    }
  }

  private static RequestRecord answered(long ttftNanos, long perTokenNanos) {
    long last = ttftNanos + (TOKENS - 1) * perTokenNanos;
    return new RequestRecord(0, 100, TOKENS, TOKENS, TOKENS, 0, 0, RequestRecord.NEVER, RequestRecord.NEVER, ttftNanos,
        ttftNanos, last, last, Outcome.COMPLETED, "", -1, 0);
  }

  /** For each token on the event loop. */
  @Benchmark
  public void tokenGap() {
    recorder.tokenGap(20_000_000 + (calls++ * 7919 & 0xFFFFFF));
  }

  /** For each request on the event loop. */
  @Benchmark
  public void sentAndFinished() {
    recorder.sent();
    recorder.finished(request);
  }

  /** Each second on a load node. */
  @Benchmark
  public Snapshot collect() {
    return collector.snapshot();
  }

  /** Each second on a load node. */
  @Benchmark
  public EncodedSnapshot encode() {
    return snapshot.encode();
  }

  /** Each second for each load node on the coordinator. */
  @Benchmark
  public Snapshot decode() {
    return encoded.decode();
  }

  /** Each second on the coordinator, with sixteen nodes, for each distribution that is looked at. */
  @Benchmark
  public Percentiles totalOfSixteenNodes() {
    return Percentiles.ofMicros(merge.total().latencies().of(LatencyMetric.TTFT));
  }
}
