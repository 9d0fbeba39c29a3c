/**
 * The planner: which deployment serves most requests a second for each GPU within the objectives, computed with the
 * simulator's engines in virtual time. The way in is {@link dev.attain.planner.Planner}.
 *
 * <p><b>Path.</b> A deployment becomes engines ({@code PlannedEngines}) or a reason why it cannot exist; {@code Trials}
 * answer what happens at a rate; {@code RateSearch} finds the highest rate of one seed; {@code DeploymentSearch} does so
 * for every seed and makes the estimate; the planner ranks.
 *
 * <p><b>Invariants.</b>
 * <ul>
 * <li>All deployments see the same arrivals and requests: those of seed s, s + 1, ..., the ones a run with these seeds
 * would send, stretched to each rate.
 * <li>Rates lie on one grid, whole powers of (1 + resolution), so that a result says between which two neighbours the
 * truth lies, and so that nothing depends on the path of the search.
 * <li>A rate holds when the target share of all requests meets both objectives, and also of the second half of the
 * requests alone. The first half fills empty engines: with it alone a short run would make an overloaded deployment look
 * good. A request that never completes misses. Where the number of requests in flight still grows in the second half,
 * a note says so.
 * <li>A rate is the highest only when no lower one that was tried misses: attainment that rises again above a rate that
 * misses counts for nothing, and a note says so. Every search tries rates well below its result.
 * <li>The same configuration gives the same summary, whatever the number of threads.
 * </ul>
 *
 * <p><b>Intervals.</b> Each seed is an independent repeat with its own highest rate. The estimate is their mean with
 * Student's 95 % interval, widened upwards by one step of the grid, because the truth lies between the highest rate that
 * holds and the next one. It says how much arrivals and requests vary, and nothing about how well the simulator knows
 * the engines. Two deployments whose intervals overlap cannot be told apart; since all see the same requests, this is
 * cautious.
 *
 * <p><b>Decisions.</b> Bisection and not interpolation, because attainment near a knee is a step. Short scouting runs find
 * the region, full ones decide. Summaries are records of the results module: what is computed here is what is written.
 */
package dev.attain.planner;
