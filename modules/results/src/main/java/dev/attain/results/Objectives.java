package dev.attain.results;

/**
 * The SLO of an experiment.
 *
 * @param ttft seconds
 * @param tpot seconds
 * @param target share of planned requests that must meet both, 0 to 1
 */
public record Objectives(double ttft, double tpot, double target) {}
