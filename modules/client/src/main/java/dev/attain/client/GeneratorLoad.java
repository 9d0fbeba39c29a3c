package dev.attain.client;

/**
 * What the generator itself cost, from the start of a run to its last outcome (or to now while it is under way). A
 * measurement by an overloaded generator cannot be believed.
 *
 * @param cpuMicrosPerEvent CPU time of the event loops and the pacer, divided by the token events read; 0 without events
 * @param busiestLoop share of one core, 0..1, that the busiest event loop used
 * @param gcPauseMaxNanos longest stop of the JVM by its garbage collector; the collector reports whole milliseconds
 * @param startLatenessNanos how long after the origin the pacer was under way; 0 when it was ready in time
 */
public record GeneratorLoad(double cpuMicrosPerEvent, double busiestLoop, long gcPauseMaxNanos,
    long startLatenessNanos) {}
