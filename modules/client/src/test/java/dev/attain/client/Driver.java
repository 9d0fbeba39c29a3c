package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.Counts;
import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Slo;
import dev.attain.measurement.Snapshot;
import dev.attain.workload.LengthDistribution;
import dev.attain.workload.ModelLimits;
import dev.attain.workload.PromptForm;
import dev.attain.workload.ShapeSource;
import dev.attain.workload.Workload;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What the tests of runs have in common: settings, workloads, arrivals, and a run from its start to its end. */
final class Driver {
  static final Slo SLO = new Slo(Duration.ofMillis(500), Duration.ofMillis(50));
  static final Duration DEADLINE = Duration.ofSeconds(30);
  /** What every engine is sent that takes it. */
  static final Set<BodyField> FULL = Set.of(BodyField.IGNORE_EOS, BodyField.STREAM_OPTIONS);
  private static final long LEAD_NANOS = 20_000_000;

  /** A finished run: records by index, and the last snapshot. */
  record Finished(List<RequestRecord> records, Snapshot snapshot, GeneratorLoad load) {
    Counts counts() {
      return snapshot.counts();
    }

    List<Outcome> outcomes() {
      return records.stream().map(RequestRecord::outcome).toList();
    }

    List<String> reasons() {
      return records.stream().map(RequestRecord::reason).distinct().toList();
    }
  }

  private Driver() {}

  static ClientSettings settings() {
    return new ClientSettings(Dialect.COMPLETIONS, "the-model", Duration.ofSeconds(5), Duration.ofSeconds(20),
        Duration.ofSeconds(25), 1, Optional.empty(), 10_000, FULL, ConnectionsAhead.NONE);
  }

  static ClientSettings settings(Duration firstByte, Duration total) {
    return new ClientSettings(Dialect.COMPLETIONS, "the-model", Duration.ofSeconds(5), firstByte, total, 1,
        Optional.empty(), 10_000, FULL, ConnectionsAhead.NONE);
  }

  static Target colocated(ScriptedServer... servers) {
    return new Target.Colocated(uris(servers));
  }

  static List<URI> uris(ScriptedServer... servers) {
    return List.of(servers).stream().map(ScriptedServer::uri).toList();
  }

  static Workload workload(int promptTokens, int outputTokens) {
    return workload(promptTokens, outputTokens, PromptForm.TOKEN_IDS);
  }

  static Workload workload(int promptTokens, int outputTokens, PromptForm form) {
    return Workload.of(new ShapeSource.Independent(new LengthDistribution.Fixed(promptTokens),
        new LengthDistribution.Fixed(outputTokens)), form, new ModelLimits(100_000, 32_000), 1);
  }

  /** Requests 0, 1, 2 ..., one every {@code gap}. */
  static PlannedArrivals every(Duration gap, int count) {
    return new PlannedArrivals(IntStream.range(0, count).toArray(),
        IntStream.range(0, count).mapToLong(index -> index * gap.toNanos()).toArray());
  }

  static Finished run(ClientSettings settings, Target target, PlannedArrivals arrivals, Workload workload)
      throws InterruptedException {
    try (LoadClient client = LoadClient.open(settings, target, NanoClock.system())) {
      LoadRun run = client.prepare(arrivals, workload, "nonce", SLO);
      run.start(System.nanoTime() + LEAD_NANOS);
      return finish(run);
    }
  }

  /** Waits for the end, and checks what must hold for every run. */
  static Finished finish(LoadRun run) throws InterruptedException {
    assertThat(run.awaitFinished(DEADLINE)).as("finished in time").isTrue();
    assertThat(run.finished()).isTrue();
    List<RequestRecord> records = new ArrayList<>(run.takeFinished());
    records.sort(Comparator.comparingInt(RequestRecord::index));
    Snapshot snapshot = run.snapshot();
    assertThat(snapshot.counts().conserved()).as("conserved: %s", snapshot.counts()).isTrue();
    assertThat(snapshot.counts().inFlight()).isZero();
    return new Finished(records, snapshot, run.load());
  }
}
