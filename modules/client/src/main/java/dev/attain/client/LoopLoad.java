package dev.attain.client;

import java.util.Optional;

/**
 * What one event loop did during a run.
 *
 * @param utilisation share of one core, 0..1
 * @param lagP99Nanos how late a task of the loop ran, at the 99th percentile of tasks due every 10 ms
 * @param lagMaxNanos the latest
 * @param waiting share of the time, 0..1, in which the loop had work but no processor to run on; empty where the system
 *        does not tell
 */
public record LoopLoad(double utilisation, long lagP99Nanos, long lagMaxNanos, Optional<Double> waiting) {}
