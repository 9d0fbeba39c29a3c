package dev.attain.results;

/**
 * How hard the load generator itself worked during a point: the worst of its nodes.
 *
 * @param cpuMicrosPerEvent processor time per token event, in microseconds
 * @param busiestLoop share of a core the busiest event loop used, 0 to 1
 * @param gcPauseMax longest pause of garbage collection, in seconds
 */
public record GeneratorFigures(double cpuMicrosPerEvent, double busiestLoop, double gcPauseMax) {}
