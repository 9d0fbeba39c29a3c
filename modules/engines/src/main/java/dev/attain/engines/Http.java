package dev.attain.engines;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Small requests with a deadline for the whole answer; errors are short phrases fit for a sentence. */
final class Http implements AutoCloseable {
  // HTTP/1.1 without an offer to upgrade, which engines log a warning for; no proxy, as the load itself goes straight.
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
      .proxy(HttpClient.Builder.NO_PROXY).build();

  /** @throws IOException when there is no complete answer within {@code limit} */
  HttpResponse<String> get(URI uri, Optional<String> bearerToken, Duration limit)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri), bearerToken, limit);
  }

  /** @throws IOException when there is no complete answer within {@code limit} */
  HttpResponse<String> postJson(URI uri, String body, Optional<String> bearerToken, Duration limit)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri).header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body)), bearerToken, limit);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, Optional<String> bearerToken, Duration limit)
      throws IOException, InterruptedException {
    request.timeout(limit);
    bearerToken.ifPresent(token -> request.header("Authorization", "Bearer " + token));
    CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request.build(),
        HttpResponse.BodyHandlers.ofString());
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + Durations.inWords(limit), e);
    } catch (ExecutionException e) {
      throw new IOException(phrase(e.getCause(), limit), e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static String phrase(Throwable cause, Duration limit) {
    if (cause instanceof ConnectException) {
      return "connection refused or host not found";
    }
    if (cause instanceof HttpTimeoutException) {
      return "no answer within " + Durations.inWords(limit);
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
