package dev.attain.results;

/**
 * How hard the load generator itself worked during a point.
 *
 * @param cpuMicrosPerEvent processor time per token event over all load nodes, in microseconds
 * @param busiestLoop share of a core the busiest event loop of any node used, 0 to 1
 * @param gcPauseMax longest pause of garbage collection of any node, in seconds
 */
public record GeneratorFigures(double cpuMicrosPerEvent, double busiestLoop, double gcPauseMax) {}
