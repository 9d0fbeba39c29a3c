package dev.attain.selftest;

/** An answer under way: a link of the {@link DueQueue} it stands in, so that pacing allocates nothing. */
final class PacedAnswer {
  /** How the sending of an event went. */
  enum Sent {
    /** Handed to the kernel; more to come. */
    GOES_ON,
    /** Handed to the kernel; it was the last. */
    LAST,
    /** There is nothing to send at this instant, but later. */
    SILENT,
    /** The client does not read fast enough: the event waits in this process. More to come. */
    HELD_UP,
    /** The connection is gone. */
    GONE
  }

  /** Whose answer it is. */
  interface Sender {
    /** Sends the event that is due. */
    Sent sendEvent();
  }

  private final Sender sender;

  /** Of the queue only. */
  PacedAnswer next;

  /** When the next event is to leave, an instant of the server's clock. */
  long dueNanos;

  PacedAnswer(Sender sender) {
    this.sender = sender;
  }

  Sent sendEvent() {
    return sender.sendEvent();
  }
}
