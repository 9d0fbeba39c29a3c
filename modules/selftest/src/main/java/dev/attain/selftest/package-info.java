/**
 * What this machine's load generator can be trusted with, and the server with known delays that tells.
 *
 * <pre>
 * sockets -> TruthConnection (RequestReader, BodyReader) -> TokenClock (two DueQueues) -> TruthConnection -> sockets
 *                     all of a connection happens on its event loop, whose PunctualIo wakes it in time
 * </pre>
 *
 * <p><b>Invariants.</b> Event k of an answer is due at (request read + TTFT + k * ITL), whatever happened to the events
 * before it: delays never add up. Every event is a write of its own. The server's own lateness is known for every event,
 * so that a figure of a client can be held against it.
 *
 * <p><b>Decisions.</b>
 * <ul>
 * <li>All answers of a server have the same TTFT and the same ITL. Two queues are then sorted by themselves
 * ({@link dev.attain.selftest.TokenClock}), and pacing an event costs no more than two links, with 20 open answers or
 * with 20,000. Clients that want several delays start several servers.
 * <li>The queues are looked at between two looks at the sockets, inside the event loop
 * ({@link dev.attain.selftest.PunctualIo}), not by Netty's timers, which cost an object and a place in a heap each.
 * <li>A loop that has a core to itself stops sleeping 80 us before an instant and polls: waking up takes up to 50 us.
 * <li>Connections are dealt out to the loops in turn. SO_REUSEPORT would leave it to a hash, and some loop with twice as
 * many as another.
 * <li>The length asked for is always kept, with or without {@code ignore_eos}; text is noise and prompts are not counted.
 * <li>The self-test ({@link dev.attain.selftest.SelfTest}) drives the client of a load node as it is. It counts only when
 * the client's compiler is done, gives a load that is no good a second go ({@link dev.attain.selftest.Ladder}), and trusts
 * the highest load that was good: more load makes nothing better, so that a disturbed lower one was disturbed by others.
 * <li>A load is good when each latency is within 1 ms or 5 % of the truth at the 99th percentile, whichever is more, and no
 * limit is passed that makes a point INVALID. A 99th percentile of a handful of requests is their worst; low loads last
 * longer therefore.
 * <li>With two cores the server does not spin: a core that is always busy would leave everything else on the machine to
 * the client's. Its tokens leave later for it (0.77 ms at p99 instead of 0.13 to 0.22, at 1,000 to 2,000 events/s). Its
 * process compiles with C1 only, for the same reason.
 * <li>What a client's full socket holds up is counted apart: it is the client's lateness.
 * </ul>
 */
package dev.attain.selftest;
