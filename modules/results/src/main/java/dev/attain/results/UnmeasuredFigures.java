package dev.attain.results;

/**
 * Requests that kept the load up before and after what was measured; nothing else in a summary counts them.
 *
 * @param sent how many were sent
 * @param completed how many of them were answered in full
 */
public record UnmeasuredFigures(long sent, long completed) {}
