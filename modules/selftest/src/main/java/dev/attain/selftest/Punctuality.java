package dev.attain.selftest;

import org.HdrHistogram.Histogram;

/**
 * What one event loop of the server did in some interval.
 *
 * @param requests answers begun
 * @param events token events sent
 * @param heldUp of these, the ones that the client's full socket held up; their lateness is the client's and not counted
 * @param latenessNanos of the other events: from when they were due until the kernel had them
 */
record Punctuality(long requests, long events, long heldUp, Histogram latenessNanos) {}
