package dev.attain.experiment;

import java.time.Duration;

/**
 * What is sent before the measured part of a deployment.
 *
 * @param requestsPerPair requests for each colocated instance, or for each pair of a prefill and a decode instance
 * @param duration goes on with further requests until this long has passed; zero: those requests alone
 */
public record WarmUp(int requestsPerPair, Duration duration) {}
