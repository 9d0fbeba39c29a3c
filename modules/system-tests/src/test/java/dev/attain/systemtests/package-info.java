/**
 * Tests of attain as a whole: the rules of its architecture, and real processes as a user starts them.
 *
 * <p>
 * Invariants of the tests: every wait has a deadline; nothing started is left running, which {@link
 * dev.attain.systemtests.AttainProcess} sees by a mark in the environment that children inherit; nothing is written
 * outside the test's temporary folder; no test asserts how fast this machine is.
 *
 * <p>
 * Decisions:
 * <ul>
 * <li>What is looked at is what a user gets: exit code, the two output streams, the bundle, and which processes exist.
 * <li>Where a test is not about engines, {@link dev.attain.systemtests.FakeServer} in this JVM stands for one: it has
 * known delays and known faults, and starts at once.
 * <li>Unless a test is about validity, the limits of validity are far away ({@link dev.attain.systemtests.Experiments}):
 * on a shared build machine the generator may be late, and that is not what is tested.
 * <li>Processes are found through {@code /proc}, so the tests that start some run on Linux only.
 * </ul>
 */
package dev.attain.systemtests;
