package dev.attain.cluster;

import akka.stream.RemoteStreamRefActorTerminatedException;
import java.util.concurrent.CompletionException;

/** Failures as the one sentence that crosses a node's boundary; the receiver may lack the exception's class. */
final class Reasons {
  private Reasons() {}

  static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof RemoteStreamRefActorTerminatedException) {
      // Akka's own words are about actors that nobody knows.
      return "the connection to it broke";
    }
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}
