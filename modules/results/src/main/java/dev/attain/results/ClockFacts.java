package dev.attain.results;

/**
 * How well a node's clock is known.
 *
 * @param offset seconds to add to the node's clock to get the coordinator's
 * @param bound seconds; the offset is wrong by at most this much
 */
public record ClockFacts(String node, double offset, double bound) {}
