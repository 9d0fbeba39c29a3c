package dev.attain.engines;

/** An instance ended before it was ready, or was not ready in time; the message is for the user, log lines included. */
public final class NotReadyException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What another attempt would be good for. */
  public enum Cause {
    /** It ended, and might not do so again. */
    MAY_PASS,
    /** It ended, and would end again. */
    PERMANENT,
    /** It still runs, and there is no time left. */
    TOO_LATE
  }

  private final Cause why;

  NotReadyException(String message, Cause why) {
    super(message);
    this.why = why;
  }

  /** Whether starting the instance again may help. */
  public Cause why() {
    return why;
  }
}
