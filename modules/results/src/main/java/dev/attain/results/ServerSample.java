package dev.attain.results;

import java.util.OptionalDouble;

/**
 * What an instance said of its work at one moment. What the engine does not offer is {@code null} in the file; counts
 * are since the instance started.
 *
 * @param t seconds since the point's start; the first sample is taken just before it
 * @param running requests in the batch
 * @param waiting requests that are not in the batch yet
 * @param kvUsage share of the KV cache in use, 0 to 1
 * @param stepTokens mean tokens of the engine's steps since the sample before
 */
public record ServerSample(double t, OptionalDouble running, OptionalDouble waiting, OptionalDouble kvUsage,
    OptionalDouble preemptions, OptionalDouble promptTokens, OptionalDouble generatedTokens,
    OptionalDouble stepTokens) {}
