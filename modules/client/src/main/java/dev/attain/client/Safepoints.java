package dev.attain.client;

/**
 * Stops of all Java threads at once, for whatever the JVM wanted: garbage collection, deoptimisation, thread dumps.
 *
 * @param count how many
 * @param totalNanos how long together, without the wait for the threads to come to a stop
 * @param longestNanos the longest one; of several that came within ten milliseconds, their sum
 */
public record Safepoints(long count, long totalNanos, long longestNanos) {}
