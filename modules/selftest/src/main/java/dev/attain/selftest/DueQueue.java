package dev.attain.selftest;

/** Answers in the order in which their next event is due; linked through the answers themselves. */
final class DueQueue {
  private PacedAnswer head;
  private PacedAnswer tail;

  boolean isEmpty() {
    return head == null;
  }

  /** When the first one is due; only when there is one. */
  long firstDueNanos() {
    return head.dueNanos;
  }

  /** Behind all others: it must not be due before any of them. */
  void add(PacedAnswer answer) {
    if (head == null) {
      head = answer;
    } else {
      tail.next = answer;
    }
    tail = answer;
  }

  /** Takes out the first one; only when there is one. */
  PacedAnswer poll() {
    PacedAnswer first = head;
    head = first.next;
    first.next = null;
    if (head == null) {
      tail = null;
    }
    return first;
  }
}
