package dev.attain.cluster;

import dev.attain.client.Target;
import dev.attain.engines.KvTransfer;
import dev.attain.engines.ServerMetrics;
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

/** Reads what the instances of a deployment have counted about KV transfer. Thread-safe. */
final class TransferMeter {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Optional<Target.Split> target;
  private final Optional<String> bearerToken;
  private final Executor blocking;

  /** @param blocking where reading may wait */
  TransferMeter(Target target, Optional<String> bearerToken, Executor blocking) {
    this.target = target instanceof Target.Split split ? Optional.of(split) : Optional.empty();
    this.bearerToken = bearerToken;
    this.blocking = blocking;
  }

  /** The counters at this moment; empty for a deployment that transfers nothing. Fails with a sentence. */
  CompletionStage<Optional<KvTransfer>> read() {
    return target.map(instances -> CompletableFuture.supplyAsync(
        () -> Optional.of(KvTransfer.of(pages(instances.prefill()), pages(instances.decode()))), blocking))
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
  }

  private List<ServerMetrics> pages(List<URI> instances) {
    List<ServerMetrics> pages = new ArrayList<>();
    try {
      for (URI instance : instances) {
        pages.add(ServerMetrics.of(instance, bearerToken, PATIENCE));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading the engines' metrics", e);
    }
    return pages;
  }
}
