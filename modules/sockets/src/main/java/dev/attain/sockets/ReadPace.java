package dev.attain.sockets;

/**
 * How long to let bytes gather before they are read. Each awakening costs about as much as a read, so on a busy loop it
 * pays to let some dozens of reads become due; on a quiet one there is nothing to gather, and it wakes at once. The
 * stamps are the kernel's, so no latency is longer for it. Confined to its loop.
 */
final class ReadPace {
  /** Never longer, whatever gathers: it is how long the end of an answer may go unnoticed. */
  static final long LONGEST_NANOS = 1_000_000;
  private static final int READS_TO_GATHER = 64;
  private static final int READS_WORTH_WAITING = 2;
  private static final long WINDOW_NANOS = 20_000_000;

  private long windowStart;
  private int reads;
  private long pauseNanos;

  /** Some reads were made. */
  void saw(int count, long nowNanos) {
    reads += count;
    long elapsed = nowNanos - windowStart;
    if (elapsed >= WINDOW_NANOS) {
      double perLongest = (double) reads * LONGEST_NANOS / elapsed;
      pauseNanos = perLongest < READS_WORTH_WAITING
          ? 0
          : (long) (LONGEST_NANOS * Math.min(1, READS_TO_GATHER / perLongest));
      windowStart = nowNanos;
      reads = 0;
    }
  }

  /** 0 when bytes should be read as soon as they come. */
  long pauseNanos() {
    return pauseNanos;
  }
}
