package dev.attain.client;

/**
 * How long an answer is to be.
 *
 * @param tokens asked for
 * @param forced whether the server was told not to end earlier; otherwise the model may
 */
record PlannedLength(int tokens, boolean forced) {}
