package dev.attain.cluster;

import dev.attain.client.Target;
import dev.attain.engines.EngineConnection;
import dev.attain.engines.ServerMetrics;
import dev.attain.engines.TransferReading;
import dev.attain.experiment.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * Reads what the instances of a deployment have counted about KV transfer. Thread-safe.
 *
 * <p>An idle vLLM notices expired leases and late reads only in its next step. Each prefill instance is therefore sent a
 * request of one token before its counters are read, which nothing here counts: prompt tokens count on the decode side.
 */
final class TransferMeter {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  /** Reads until the counts of two in a row agree, at most. */
  private static final int MOST_READS = 25;

  private final Optional<Target.Split> target;
  private final Model model;
  private final Optional<String> bearerToken;
  private final Duration pause;
  private final Executor blocking;

  /**
   * @param pause between two reads that have to agree
   * @param blocking where reading may wait
   */
  TransferMeter(Target target, Model model, Optional<String> bearerToken, Duration pause, Executor blocking) {
    this.target = target instanceof Target.Split split ? Optional.of(split) : Optional.empty();
    this.model = model;
    this.bearerToken = bearerToken;
    this.pause = pause;
    this.blocking = blocking;
  }

  /** The counters once they stand still; empty for a deployment that transfers nothing. Fails with a sentence. */
  CompletionStage<Optional<TransferReading>> read() {
    return target
        .map(instances -> CompletableFuture.supplyAsync(() -> Optional.of(settledReading(instances)), blocking))
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
  }

  private TransferReading settledReading(Target.Split instances) {
    List<EngineConnection> prefill = connections(instances.prefill());
    List<EngineConnection> decode = connections(instances.decode());
    try {
      for (EngineConnection connection : prefill) {
        connection.takeOneStep(model.name(), model.limits().vocabularySize() / 2, PATIENCE);
      }
      TransferReading last = TransferReading.of(pages(prefill), pages(decode));
      for (int reads = 1; reads < MOST_READS; reads++) {
        Thread.sleep(pause);
        TransferReading next = TransferReading.of(pages(prefill), pages(decode));
        if (next.equals(last)) {
          return next;
        }
        last = next;
      }
      return last.unsettled();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading the engines' metrics", e);
    } finally {
      Stream.concat(prefill.stream(), decode.stream()).forEach(EngineConnection::close);
    }
  }

  private List<EngineConnection> connections(List<URI> instances) {
    return instances.stream().map(instance -> new EngineConnection(instance, bearerToken)).toList();
  }

  private static List<ServerMetrics> pages(List<EngineConnection> connections)
      throws IOException, InterruptedException {
    List<ServerMetrics> pages = new ArrayList<>();
    for (EngineConnection connection : connections) {
      pages.add(connection.metrics(PATIENCE));
    }
    return pages;
  }
}
