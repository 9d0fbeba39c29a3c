package dev.attain.results;

/** How many requests of a point ended with the same reason; the reason starts with the outcome's name. */
public record FailureCount(String reason, long count) {}
