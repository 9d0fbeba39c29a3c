/**
 * The command line: what a person types, sees and gets as an exit code.
 *
 * <p>Results go to standard output, everything that is only interesting while it happens to standard error, so that the
 * output can be piped. The last line of a run's standard output is {@code bundle: PATH}.
 *
 * <p>Decision: an interrupted run is ended by a shutdown hook rather than a signal handler, because the hook also covers
 * SIGTERM and needs no internal API; the JVM then exits with 128 plus the signal's number, which for ctrl-C is the 130 that
 * users of shells expect.
 */
package dev.attain.cli;
