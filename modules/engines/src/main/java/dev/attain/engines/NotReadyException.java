package dev.attain.engines;

/** An instance ended before it was ready, or was not ready in time; the message is for the user, log lines included. */
public final class NotReadyException extends Exception {
  private static final long serialVersionUID = 1L;

  NotReadyException(String message) {
    super(message);
  }
}
