/**
 * What can be concluded from the requests of points: where the steady state begins, how certain an attainment and a
 * percentile are although requests that share a queue resemble each other, whether two deployments differ. Pure
 * functions of values in the order in which requests were intended; every formula names its source.
 *
 * <h2>Decisions</h2>
 * <ul>
 * <li><b>How much requests resemble each other is read from their latencies, not from the misses.</b> On virtual
 * engines at half to 95 % of their capacity, with points of 1,000 and 3,000 requests, batch means of the misses
 * themselves made 95 % intervals that covered a true attainment of 95 % only 33 to 94 times of a hundred, and one of
 * 99 % 17 to 89 times: misses come in bunches, and a run that was spared a bad one shows little variance. Read from the
 * median and the slowest fifth, the same intervals cover true attainments of 80 to 90 % 92 to 98 times, and err on the wide
 * side above that; below, at 95 % of the capacity and 50 %, 85 to 95 times, because such points are shorter than the ups
 * and downs of their queues.
 * <li><b>Overload needs both signs</b>, more requests in flight and later ones worse off: near its capacity a queue
 * grows and shrinks by itself for longer than most points last.
 * </ul>
 */
package dev.attain.statistics;
