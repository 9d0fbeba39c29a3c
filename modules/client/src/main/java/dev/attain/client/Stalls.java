package dev.attain.client;

import java.util.Optional;

/**
 * How long this JVM stood still, as seen by a thread that asks to be woken every 10 ms and by the JVM itself.
 *
 * @param p99Nanos how much too late it woke, at the 99th percentile: the JVM was stopped, or no processor was free
 * @param maxNanos the latest
 * @param gcPauseMaxNanos longest stop by the garbage collector; collectors report whole milliseconds
 * @param safepoints empty where the JVM does not tell
 */
public record Stalls(long p99Nanos, long maxNanos, long gcPauseMaxNanos, Optional<Safepoints> safepoints) {}
