package dev.attain.measurement;

/**
 * A monotonic clock in nanoseconds with an arbitrary origin; only differences mean something, and only on one node.
 * Readable from any thread. It is functional so that a test's clock is a lambda over a number it moves by hand.
 */
@FunctionalInterface
public interface NanoClock {

  /** The present instant, in nanoseconds from an unknown origin; it may be negative and never runs backwards. */
  long nanos();

  /** This machine's monotonic clock; every other class asks a NanoClock instead of the system. */
  static NanoClock system() {
    return System::nanoTime;
  }
}
