package dev.attain.results;

/**
 * A part of the time that requests spent in instances, in seconds, by the engine's own histogram. The mean is exact.
 * Percentiles are interpolated within buckets that are often wide (vLLM's queue, prefill, decode and end-to-end times have
 * none below 0.3 s): they tell orders of magnitude, and are to be read beside the client's with that in mind.
 *
 * @param count how many values, requests or gaps between tokens
 */
public record ServerStage(double mean, double p50, double p90, double p99, double count) {}
