package dev.attain.cluster;

import dev.attain.engines.EngineConnection;
import dev.attain.engines.EnginePage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Reads the metrics page of one instance, one time after the other. */
interface PageReader extends AutoCloseable {
  /** Fails when there is no page that can be read. */
  CompletionStage<EnginePage> read();

  @Override
  void close();

  /**
   * Over one connection, which is kept.
   *
   * @param blocking where reading may wait
   */
  static PageReader overHttp(WatchedInstance instance, Optional<String> bearerToken, Duration limit,
      Executor blocking) {
    EngineConnection connection = new EngineConnection(instance.base(), bearerToken, instance.names());
    return new PageReader() {
      @Override
      public CompletionStage<EnginePage> read() {
        return CompletableFuture.supplyAsync(() -> page(connection, limit), blocking);
      }

      @Override
      public void close() {
        connection.close();
      }
    };
  }

  private static EnginePage page(EngineConnection connection, Duration limit) {
    try {
      return connection.page(limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading an engine's metrics", e);
    }
  }
}
