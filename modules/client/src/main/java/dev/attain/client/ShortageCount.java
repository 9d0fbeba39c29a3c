package dev.attain.client;

import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/** What a run failed for on this node's own side. Safe for any thread. */
final class ShortageCount {
  static {
    // Without descriptors no class can be loaded from a folder: what a shortage needs must be there before it comes.
    for (Shortage shortage : Shortage.values()) {
      Shortage.of(new IOException(shortage.sentence("")));
    }
  }

  private final LongAdder descriptors = new LongAdder();
  private final LongAdder ports = new LongAdder();
  private volatile String first = "";

  /** A connection could not be opened. */
  void add(Shortage shortage, String sentence) {
    (shortage == Shortage.PORTS ? ports : descriptors).increment();
    if (first.isEmpty()) {
      first = sentence;
    }
  }

  /** Connections that there was no descriptor for. */
  long descriptors() {
    return descriptors.sum();
  }

  /** Connections that there was no local port for. */
  long ports() {
    return ports.sum();
  }

  /** The sentence of the first one (of several at the same moment, of any); empty when there was none. */
  String firstSentence() {
    return first;
  }
}
