package dev.attain.client;

import java.util.Optional;

/**
 * Processor time of this JVM, in cores: 1 is one core all the time.
 *
 * @param loops of the event loops together
 * @param pacer of the thread that sends requests off in time
 * @param others of everything else in the process, such as garbage collection, compilation and the making of bodies;
 *        empty where the system does not tell
 * @param pacerWaiting share of the time, 0..1, in which the pacer was due but had no processor to run on; empty where
 *        the system does not tell
 */
public record ProcessorUse(double loops, double pacer, Optional<Double> others, Optional<Double> pacerWaiting) {}
