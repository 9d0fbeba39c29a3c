package dev.attain.cluster;

import dev.attain.engines.EngineConnection;
import dev.attain.engines.EngineSample;
import dev.attain.measurement.NanoClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Waits until no instance of a deployment has a request any more, nor KV of one that was given up. An engine that nobody
 * can read is passed over: it offers no metrics, or something is wrong with it that others find. Thread-safe.
 */
final class IdleCheck {
  private static final Duration READ = Duration.ofSeconds(3);
  /** A wait that a person would not notice is not talked about. */
  private static final int LOOKS_BEFORE_A_WORD = 10;

  private final List<WatchedInstance> instances;
  private final Optional<String> bearerToken;
  private final Duration abandonedKv;
  private final Duration patience;
  private final Duration pause;
  private final NanoClock clock;
  private final Executor blocking;
  private final Consumer<String> word;
  private volatile boolean cancelled;

  /**
   * @param abandonedKv how long prefill instances keep KV that nobody will fetch; no instance is asked before
   * @param patience for all instances together; zero: nobody is asked
   * @param pause between two looks at one instance
   * @param blocking where looking may wait
   * @param word takes a sentence about whom is being waited for, from that executor
   */
  IdleCheck(List<WatchedInstance> instances, Optional<String> bearerToken, Duration abandonedKv, Duration patience,
      Duration pause, NanoClock clock, Executor blocking, Consumer<String> word) {
    this.instances = List.copyOf(instances);
    this.bearerToken = bearerToken;
    this.abandonedKv = abandonedKv;
    this.patience = patience;
    this.pause = pause;
    this.clock = clock;
    this.blocking = blocking;
    this.word = word;
  }

  /** The longest that {@link #busyInstances} takes when everything goes its way. */
  Duration patience() {
    return abandonedKv.plus(patience);
  }

  /** A sentence for each instance that still had requests when the patience ended; empty when all are idle. */
  CompletionStage<List<String>> busyInstances() {
    return patience().isZero()
        ? CompletableFuture.completedFuture(List.of())
        : CompletableFuture.supplyAsync(this::waitForAll, blocking);
  }

  /** Nobody waits for the answer any more. */
  void cancel() {
    cancelled = true;
  }

  private List<String> waitForAll() {
    List<String> busy = new ArrayList<>();
    if (!awaitAbandonedKv() || patience.isZero()) {
      return busy;
    }
    long deadlineNanos = clock.nanos() + patience.toNanos();
    for (WatchedInstance instance : instances) {
      lastSeen(instance, deadlineNanos).filter(sample -> !sample.idle())
          .ifPresent(sample -> busy.add(sentence(instance, sample)));
    }
    return busy;
  }

  /** False when nobody waits any more. */
  private boolean awaitAbandonedKv() {
    if (!abandonedKv.isZero()) {
      word.accept(
          "waiting %d s until prefill instances have dropped the KV of requests that were given up before the point"
              .formatted(abandonedKv.plusMillis(999).toSeconds()));
    }
    long untilNanos = clock.nanos() + abandonedKv.toNanos();
    try {
      while (clock.nanos() - untilNanos < 0 && !cancelled) {
        Thread.sleep(Math.max(1, pause.toMillis()));
      }
      return !cancelled;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Optional<EngineSample> lastSeen(WatchedInstance instance, long deadlineNanos) {
    try (EngineConnection connection = new EngineConnection(instance.base(), bearerToken, instance.names())) {
      Optional<EngineSample> last = look(connection);
      int looks = 0;
      while (last.filter(sample -> !sample.idle()).isPresent() && clock.nanos() - deadlineNanos < 0 && !cancelled) {
        if (++looks == LOOKS_BEFORE_A_WORD) {
          word.accept("waiting until %s has finished its %s, from before the point".formatted(instance.id(),
              requests(last.get())));
        }
        Thread.sleep(pause);
        EngineSample before = last.get();
        last = look(connection).or(() -> Optional.of(before));
      }
      return last;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<EngineSample> look(EngineConnection connection) throws InterruptedException {
    try {
      return Optional.of(connection.page(READ).sample());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private String sentence(WatchedInstance instance, EngineSample sample) {
    return "%s was not idle before the point: %d s were waited for it, and it still had %s".formatted(instance.id(),
        patience.toSeconds(), requests(sample));
  }

  private static String requests(EngineSample sample) {
    return "%.0f requests running and %.0f waiting".formatted(sample.running().orElse(0), sample.waiting().orElse(0));
  }
}
