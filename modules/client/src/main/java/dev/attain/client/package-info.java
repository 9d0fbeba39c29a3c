/**
 * The measured path: sends a node's share of requests, at the instants of a schedule ({@code OpenLoop}) or when their
 * users are ready ({@code ClosedLoop}), and turns the answers into records.
 *
 * <pre>
 * PlannedArrivals, Workload -> RequestPreparation -> Pacer -> Lane -> ConnectionPool -> Connection -> server
 *                              (own thread, ahead)   (own     (one for each event loop; from here on everything of a
 *                                                    thread)   request happens on its loop)
 * PlannedUsers, Workload -> ClosedLoop: the end of a request -> thought, on its loop -> Lane.begin, and on as above
 * server -> sockets (stamp) -> Connection -> ResponseReader -> SseReader -> EventScanner -> TokenStream -> Call -> Recorder, records
 * </pre>
 *
 * <p><b>Invariants.</b> Each request ends in exactly one outcome, whatever servers, deadlines or callers do. Latency
 * counts from the intended instant; an arrival never waits for a busy connection (only, where a limit in flight is asked
 * for, for its turn, which its latency shows). Nothing is tried twice: a connection
 * that breaks is a failed request, and a reused one is named as such. A 200 is not success: that takes the terminal
 * event, no error event and exactly the planned number of tokens (or fewer and the finish reason "stop", where a server
 * cannot be told how long its answer is to be). A recorder has one writer, its event loop.
 *
 * <p><b>Stamps</b> of a request, in the order of time.
 * <ul>
 * <li><i>Intended</i>: when the schedule wants it sent. TTFT and end-to-end latency count from here.
 * <li><i>Released</i>: the intended instant, or for a request that had to wait for its turn the instant at which the one
 * whose place it took ended: what comes after it is lag, what comes before is not.
 * <li><i>Handed</i>: when the pacer gives it to its event loop. What lies before is the pacer's lateness, what lies behind
 * until <i>sent</i> the loop's; send lag is both.
 * <li><i>Sent</i>: taken on the loop, just before the request is written to an idle connection, or just before a new
 * connection is opened for it: the time that a server takes to accept belongs to the server. Service TTFT counts from
 * here, so the opening of a connection is in it, and in TTFT; how long it took stands beside (connect time), so that
 * nobody has to guess. Connections opened ahead of the arrivals keep it out of both.
 * <li><i>Written</i>: when the socket has taken the last byte; a long prompt goes out in pieces, and the loop serves others
 * in between.
 * <li><i>First byte, first token, last token</i>, and every token in between, as a gap in a histogram. The stamp of a
 * read is the instant at which the kernel had received its last byte, and it is given to every event in the read; over TLS,
 * and where the kernel does not tell, it is the instant of the read (below TLS), before any of it is parsed. Otherwise a
 * burst of a few hundred streams would be charged with the time it takes to parse it.
 * <li><i>End</i>: when the outcome is known.
 * </ul>
 *
 * <p><b>Decisions.</b>
 * <ul>
 * <li>A reader of our own on bare sockets (see {@code dev.attain.sockets}) instead of Netty's HTTP codec: chunk framing, events and the few interesting keys are
 * found by walking over the bytes, with one copy and no object for each token event. JSON is parsed only for errors and
 * for prefill answers. One copy into a buffer for each stream makes every split of the bytes the same case.
 * <li>The scanner follows the JSON's structure instead of searching for byte patterns: generated text may contain
 * anything, and servers differ in spaces, nulls and the order of keys.
 * <li>Output tokens are what the server's usage says, or else what the events amount to. How many tokens one event
 * carries is known from its token ids, or else from the growth of its usage, which is asked for only where it is wanted
 * (some 70 bytes an event); otherwise it counts as one. {@code return_token_ids} is never asked for: vLLM then repeats
 * the whole prompt in the first event. The gap before an event of several tokens is recorded as it is and, divided, for
 * its tokens; the usual event of one token costs one write for both. Empty text counts as a token (special tokens and
 * halves of characters look like that) unless all planned tokens have come already. A chat message's opening, which
 * only has a role, is no token.
 * <li>A request is given to its loop 2 ms ahead and leaves by a timer of the loop, which sleeps without slack: a thread that
 * spins up to the instant cost a tenth of all processor time, and on one core it took that time from the loop just when
 * it was needed. Where timers are coarse (java.nio) or a limit in flight decides at the instant who leaves, the pacer
 * does spin, for 100 us. It waits for absolute instants, so lateness never adds up. Bodies are encoded ahead of time,
 * because a long prompt takes milliseconds.
 * <li>Requests are spread over the loops by their position in the share, not by their index: with two nodes and two
 * loops, every index of a node would belong to one loop.
 * <li>A limit in flight holds for a node, not for each of its loops: whoever has waited longest gets the next place that
 * becomes free and leaves on the loop where it did, without another thread in between.
 * <li>In a closed loop a request's successor is the next task of the same loop, not a call from within the end of the
 * request: the connection is idle again by then, and a server that refuses everything cannot grow the stack. Short bodies
 * are made on the loop, long ones ahead by another thread, as long as memory allows. Think times are timers of the loop;
 * what they are late by is send lag. A user is ready for the first request when the loop takes them up: in a closed loop
 * nobody is owed an arrival, so that letting a thousand users in at once makes none of them late.
 * <li>Idle connections are used last in, first out, and closed after 4 s, since servers close theirs after 5 s; where a
 * server announces another time ({@code Keep-Alive: timeout}), after 80 % of that, a minute at most. One that breaks all
 * the same before the answer begins is a failed request, counted apart.
 * <li>Connections are opened ahead of the arrivals, some for each loop and instance: what an arrival takes is made up
 * for behind it, so that a number that covers the arrivals of one opening, a few milliseconds, covers a whole point. An
 * answer is done when its terminal event has come; its connection is free when the server has ended it, for which it
 * has another 4 s.
 * <li>Deadlines are checked by sweeping the open calls every few milliseconds: no timer for each request.
 * <li>A run watches itself ({@link dev.attain.client.GeneratorLoad}) with what costs next to nothing: a task on each loop
 * every 10 ms whose lateness is the loop's lag, a thread that asks to be woken every 10 ms whose lateness is the JVM's or
 * the machine's stall, and two readings of the kernel's counters, before the start and after the end. Lateness counts
 * for the beats that a stall swallowed as well, or else the longest stalls would weigh least. Safepoints are read from
 * the memory that HotSpot shares with jstat, because the beans that tell of them are internal, and a flight recording
 * costs more than it would show. What a system does not tell is empty, never zero.
 * <li>A connection that this node could not open, for want of descriptors or ports, is a failed request with a reason of
 * its own and counted apart: it says nothing about the server, so the point cannot count.
 * <li>The prefill answer's {@code kv_transfer_params} are cut out as bytes and pasted into the decode request. Without
 * them the request fails: a decode instance would quietly do the prefill itself.
 * </ul>
 */
package dev.attain.client;
