/**
 * The search for the highest load at which a deployment still meets its target, when each answer costs minutes of real
 * engines. It is a function of its history: what was measured so far goes in, the next load to measure comes out, or what
 * was found ({@link dev.attain.search.Search}). Nothing here waits, draws at random without a seed, or knows what measures;
 * a search that was cut off goes on from what is left of it.
 *
 * <h2>How it searches</h2>
 * A probe is a load, measured in segments of the same length with other seeds. From a start, loads double until one misses
 * the target, or halve until one holds; then the geometric middle of the bracket is measured until its ends lie closer than the
 * resolution. After each segment a sequential test says whether the probe has passed or failed; if not, it goes on with a further
 * segment, up to a limit. The answer is where the fit over all probes that never rises crosses the target.
 *
 * <h2>Invariants</h2>
 * <ul>
 * <li>No load outside the limits is measured, and no answer lies outside of what was measured.
 * <li>A search ends within {@link dev.attain.search.Cost}, which is known before it begins.
 * <li>The loads that hold lie all below those that miss.
 * </ul>
 *
 * <h2>Decisions</h2>
 * <ul>
 * <li><b>The middle is the geometric one</b>: what counts is the ratio of the ends, and halving its logarithm comes to 5 % in
 * four steps where halves of the distance take five.
 * <li><b>A probe that stays undecided counts by its share.</b> Near the crossing no affordable number of requests decides; the
 * search must go on, its interval says how little is known, and the finding names such probes.
 * <li><b>The interval is never narrower than the bracket.</b> Attainment near a knee is a step: between two neighbours nobody has
 * measured where it lies, however certain both of them are.
 * <li><b>Errors of neighbouring loads are taken as one</b>, because their segments have the same arrivals. On virtual engines
 * intervals held the truth 88 times of a hundred so, and 82 times with independent errors. With a lead-in of half a segment,
 * which frees the shares of the idle engines at its start, it was 93 times; they promise 95.
 * <li><b>A segment that cannot be believed is measured once more</b>; if that one cannot either, the generator and not the
 * server is the limit, and the search ends with the reason.
 * <li><b>Not shared with the planner's search</b>, which has its seeds for nothing: that one asks a function on a grid, tries lower
 * loads for a second knee, and knows neither doubt nor cost.
 * </ul>
 */
package dev.attain.search;
