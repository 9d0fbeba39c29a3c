/**
 * What can be concluded from the requests of points: where the steady state begins, how certain an attainment and a
 * percentile are although requests that share a queue resemble each other, whether two deployments differ. Pure
 * functions of values in the order in which requests were intended; every formula names its source.
 *
 * <h2>Decisions</h2>
 * <ul>
 * <li><b>How much requests resemble each other is read from latencies at their median, not from the misses.</b> On the
 * virtual engines, with 1,000 and 3,000 requests a run and half to 95 % of the capacity, batch means of the misses
 * themselves made 95 % intervals that covered a true attainment of 95 % only 33 to 94 times of a hundred, and one of
 * 99 % 17 to 89 times: misses come in bunches, and a run that was spared a bad one shows little variance. At the median
 * the same intervals cover 96 to 99 times. They err on the wide side where misses are rare.
 * <li><b>Overload needs both signs</b>, more requests in flight and later ones worse off: near its capacity a queue
 * grows and shrinks by itself for longer than most points last.
 * </ul>
 */
package dev.attain.statistics;
