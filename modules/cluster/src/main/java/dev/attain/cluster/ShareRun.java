package dev.attain.cluster;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.japi.Pair;
import akka.pattern.Patterns;
import akka.stream.SourceRef;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.StreamRefs;
import akka.util.ByteString;
import dev.attain.client.GeneratorLoad;
import dev.attain.client.LoadRun;
import dev.attain.client.Unmeasured;
import dev.attain.measurement.EncodedSnapshot;
import dev.attain.measurement.RequestRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One point on one load node: the client's run, and the stream of its records. Snapshots are taken by the owning actor;
 * records are taken by the stream alone, on demand of its reader, so a slow coordinator holds back records, not load.
 */
final class ShareRun {
  private static final Duration POLL = Duration.ofMillis(200);

  private final String point;
  private final LoadRun run;
  private final boolean flanked;
  private final long giveUpAfterOriginNanos;
  private final ArrayDeque<RequestRecord> taken = new ArrayDeque<>();
  private long originNanos;
  private OptionalLong ceasedNanos = OptionalLong.empty();

  /**
   * @param flanked whether requests around the measured ones keep the load up, on this node or on others
   * @param giveUpAfterOriginNanos what is still open this long after the start has timed out
   */
  ShareRun(String point, LoadRun run, boolean flanked, long giveUpAfterOriginNanos) {
    this.point = point;
    this.run = run;
    this.flanked = flanked;
    this.giveUpAfterOriginNanos = giveUpAfterOriginNanos;
  }

  String point() {
    return point;
  }

  void start(long origin) {
    originNanos = origin;
    run.start(origin);
  }

  EncodedSnapshot snapshot() {
    return run.snapshot().encode();
  }

  GeneratorLoad load() {
    return run.load();
  }

  boolean finished() {
    return run.finished();
  }

  boolean flanked() {
    return flanked;
  }

  /** Every measured request of all nodes has ended: the load need not be kept up, and what was sent may end. */
  void cease(long nowNanos) {
    ceasedNanos = OptionalLong.of(nowNanos);
    run.stopSending("the point is over");
  }

  /** Whether it was told to cease, and nothing is open any more. */
  boolean ceased() {
    return ceasedNanos.isPresent() && run.silent();
  }

  Unmeasured unmeasured() {
    return run.unmeasured();
  }

  /** Gives up what the drain time did not suffice for. */
  void enforceDrain(long nowNanos, Duration drain) {
    if (!run.finished() && nowNanos - originNanos > giveUpAfterOriginNanos) {
      run.abandonInFlight("not finished %d ms after the last arrival".formatted(drain.toMillis()));
    }
    if (ceasedNanos.isPresent() && nowNanos - ceasedNanos.getAsLong() > drain.toNanos()) {
      run.abandonInFlight("not finished %d ms after the point".formatted(drain.toMillis()));
    }
  }

  void abandon(String reason) {
    run.stopSending(reason);
    run.abandonInFlight(reason);
  }

  /** Why the first request that did not complete failed; for shares whose records nobody streams. */
  Optional<String> firstFailure() {
    return run.takeFinished().stream().filter(record -> !record.completed()).map(RequestRecord::reason).findFirst();
  }

  /** The records as they finish; one reader. The stream ends when every request has an outcome and was delivered. */
  SourceRef<ByteString> records(ActorSystem<?> system) {
    return Source.unfoldAsync(NotUsed.getInstance(), ignored -> next(system)).runWith(StreamRefs.sourceRef(), system);
  }

  private CompletionStage<Optional<Pair<NotUsed, ByteString>>> next(ActorSystem<?> system) {
    // Asked before the take: a request that finishes in between is then still delivered by the next round.
    boolean last = run.finished();
    if (taken.isEmpty()) {
      taken.addAll(run.takeFinished());
    }
    if (!taken.isEmpty()) {
      ByteString batch = ByteStreams.encode(system, new RecordBatch(firstTaken()));
      return CompletableFuture.completedFuture(Optional.of(Pair.create(NotUsed.getInstance(), batch)));
    }
    if (last) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return Patterns.after(POLL, system.classicSystem(), () -> next(system));
  }

  private List<RequestRecord> firstTaken() {
    List<RequestRecord> batch = new ArrayList<>(Math.min(taken.size(), RecordBatch.LIMIT));
    while (!taken.isEmpty() && batch.size() < RecordBatch.LIMIT) {
      batch.add(taken.poll());
    }
    return batch;
  }
}
