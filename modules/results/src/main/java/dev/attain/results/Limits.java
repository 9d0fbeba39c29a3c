package dev.attain.results;

/**
 * The limits past which a point is invalid, as configured.
 *
 * @param sendLag seconds at the 99th percentile
 * @param startSkew seconds between the first and the last node's start
 * @param clockBound seconds of uncertainty about a node's clock
 * @param loopUtilisation share of a core of the busiest event loop, 0 to 1
 * @param gcPause seconds of the longest pause
 */
public record Limits(double sendLag, double startSkew, double clockBound, double loopUtilisation, double gcPause) {}
