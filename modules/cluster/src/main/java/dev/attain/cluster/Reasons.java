package dev.attain.cluster;

import java.util.concurrent.CompletionException;

/** Failures as the one sentence that crosses a node's boundary; the receiver may lack the exception's class. */
final class Reasons {
  private Reasons() {}

  static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}
