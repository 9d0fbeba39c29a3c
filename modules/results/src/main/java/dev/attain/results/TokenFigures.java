package dev.attain.results;

/**
 * How the output tokens of completed requests came.
 *
 * @param perEvent tokens for each token event, on average; 0 without events
 * @param unaccounted tokens that the server's usage counted and no event accounted for: events carried several and did
 *        not say so. {@code itlPerToken} is then known for the rest only; ask for {@code requests.token-counts = usage}
 */
public record TokenFigures(double perEvent, long unaccounted) {}
