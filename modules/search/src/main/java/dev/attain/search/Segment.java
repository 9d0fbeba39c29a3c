package dev.attain.search;

import java.util.Optional;

/**
 * A part of a probe that was measured.
 *
 * @param load requests per second or users
 * @param repeat from 1, counted at each load
 * @param share of the planned requests that met the objectives, 0 to 1; of a segment that grew worse while it lasted, what
 *     it came to
 * @param requests planned
 * @param independent how many independent requests say as much about the share
 * @param overloaded whether requests came faster than they could be answered
 * @param invalid why it cannot be believed; then neither share nor overload counts
 * @param seconds that it took, from its first request to the end of its last
 */
public record Segment(double load, int repeat, double share, long requests, double independent, boolean overloaded,
    Optional<String> invalid, double seconds) {}
