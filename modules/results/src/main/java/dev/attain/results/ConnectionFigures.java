package dev.attain.results;

/**
 * What connections cost the requests of a point, by their records.
 *
 * @param opened requests that had to have a connection opened for them; the time it took is part of their TTFT, service
 *        TTFT included. All others found one that was idle, used before or opened ahead
 * @param connectMean seconds that took on average, of those whose connection came to stand
 * @param connectMax the longest of them, in seconds
 * @param stale requests that failed because the idle connection they were given broke before the first byte of the
 *        answer: a race with the server's own idle limit. Nothing is tried again
 */
public record ConnectionFigures(long opened, double connectMean, double connectMax, long stale) {}
