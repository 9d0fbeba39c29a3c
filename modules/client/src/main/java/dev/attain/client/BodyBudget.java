package dev.attain.client;

import java.util.concurrent.Semaphore;

/** The memory that bodies made ahead of their time may take: 64 MiB, or less of a small heap. Safe for any thread. */
final class BodyBudget {
  private static final int MOST_KIBIBYTES = 64 * 1024;
  private static final int SHARE_OF_HEAP = 8;
  private static final int BYTES_PER_KIBIBYTE = 1024;

  private final int kibibytes = Math.clamp(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / BYTES_PER_KIBIBYTE, 1,
      MOST_KIBIBYTES);
  private final Semaphore left = new Semaphore(kibibytes);

  /** Waits until there is room for so many bytes. */
  void take(int bytes) throws InterruptedException {
    left.acquire(permits(bytes));
  }

  /** False when there is no room now. */
  boolean tryTake(int bytes) {
    return left.tryAcquire(permits(bytes));
  }

  /** What was taken for so many bytes is free again. */
  void giveBack(int bytes) {
    left.release(permits(bytes));
  }

  // A single huge body must still fit.
  private int permits(int bytes) {
    return Math.min(kibibytes, 1 + bytes / BYTES_PER_KIBIBYTE);
  }
}
