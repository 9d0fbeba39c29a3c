/**
 * How cheap and how truthful the measured path is, beside other load generators; no part of the program.
 *
 * <pre>
 * compare.sh     -> Compare -> Comparison -> OwnClient (a process that lives through all rounds)     -> ServerMain
 *                                            Peer (Tool, PeerCache, MeteredProcess: one for each run)
 *                              Result, Row -> Report (Markdown), Tables (CSV, JSON), Plots (SVG, PNG)
 * closed-loop.sh -> ClosedLoop                                                                       -> ServerMain
 * jmh.sh         -> benchmarks of schedule, recorder, snapshots and reader, among the tests
 * </pre>
 *
 * <p><b>Invariants.</b> All clients meet the same server process on the same CPUs and have CPUs of their own; they take
 * turns within each round. CPU time is that of all threads and child processes. A client that cannot be had or fails has
 * a line that says why. Every wait has an end, and nothing that was started is left behind.
 *
 * <p><b>Decisions.</b>
 * <ul>
 * <li><b>The server counts too.</b> Its own lateness stands beside every error, and how many answers and events it has
 * sent stands in {@code runs.csv}: a client that quietly sends less cannot hide it.
 * <li><b>Start-up is told apart.</b> A load test lasts minutes, a run here ten seconds. Other tools are run once with a
 * single request, and what that costs is taken off; attain's process warms up once and is then measured between two looks
 * at its CPU time. The table has both figures.
 * <li><b>Medians of rounds, and the range.</b> A round can be disturbed. Ratios are taken round by round, because what
 * disturbs a machine usually disturbs neighbours in time alike.
 * <li><b>Each tool runs with its own defaults,</b> except for the load, a local tokenizer and what it wants switched off
 * on a machine without a GPU or a hub.
 * <li><b>JMH classes live among the tests,</b> in the package of what they measure when that is nobody else's business.
 * {@code mvn verify} runs each of them once, so that they cannot rot; it says nothing of speed.
 * </ul>
 */
package dev.attain.bench;
