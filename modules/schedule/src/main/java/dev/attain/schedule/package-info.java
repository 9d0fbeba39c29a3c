/**
 * When each request is due: arrival processes and how their rate changes, the schedule of a point, the share of each
 * load node; and of a closed loop, which user sends which request after how long a thought.
 *
 * <p><b>Purpose.</b> An open-loop experiment decides every send time before it starts. {@link ArrivalSchedule} is that
 * decision, {@link Shares} says which node carries out which part of it. This module knows nothing of requests, clocks
 * or networks, and needs no library.
 *
 * <p><b>Invariants.</b>
 * <ul>
 * <li>The intended time of request i is a pure function of (process, seed, i, rate). No node, thread, order of
 * computation or neighbouring draw has a part in it.
 * <li>A schedule at rate r is the schedule at rate 1 divided by r, rounded to nanoseconds: all rates of a seed see the
 * same arrivals, stretched, which removes the luck of the draw from comparisons (common random numbers).
 * <li>A {@link RateProfile} moves those arrivals in time and draws none. Its own times (a burst of 5 s) are the same at
 * every rate: between two edges of the profile a schedule is still the unit schedule divided by the rate there.
 * <li>A shorter extent, by count or by duration, is a prefix of a longer one.
 * <li>For any number of nodes and any weights, every index has exactly one owner, so that the union of the shares is
 * the schedule.
 * <li>Equal hashes mean equal instants; nodes compare hashes before a point starts.
 * </ul>
 *
 * <p><b>Decisions.</b>
 * <ul>
 * <li><i>One global schedule, dealt by index,</i> instead of a random stream for each node. Independent streams would
 * do for Poisson arrivals only: gamma and recorded arrivals neither split nor superpose, and the number of nodes would
 * become a variable of the experiment.
 * <li><i>Counters instead of a generator with state.</i> Draw n of gap k is a hash of (seed, k, n), so that a sampler
 * that rejects some of its draws does not shift the gaps that follow.
 * <li><i>{@code StrictMath} and no vectorised sums.</i> {@code Math.log} may differ in the last bit between
 * processors, and one bit is enough for another hash. It costs little: a million gamma arrivals are planned and hashed
 * in a fraction of a second ({@code ScheduleBenchmark} of the bench module).
 * <li><i>The number of arrivals in a window stays random.</i> Some tools stretch each sample until its last arrival is
 * exactly due at count / rate; that makes seeds easier to compare, but the arrivals are Poisson no more.
 * <li><i>Random processes begin with a gap, constant and recorded ones with an arrival.</i> The first is the stationary
 * process seen from time zero; the second keeps {@code rate * duration} requests in a duration.
 * <li><i>A trace is scaled, never looped.</i> A joint that nobody recorded would be measured like the rest. A schedule
 * may therefore be shorter than asked for; its size says so.
 * <li><i>In a closed loop user u's j-th request has index u + j * users.</i> What is sent therefore depends on neither
 * timing nor the number of nodes; only when it is sent does. Each user has the same number of requests (or one more),
 * however slow they are: dealing requests to whoever is free first would make contents a matter of timing.
 * <li><i>Weighted shares are dealt, not cut into ranges,</i> so that each node's load has the same shape in time and no
 * node is ever a whole request ahead of or behind its part.
 * </ul>
 */
package dev.attain.schedule;
