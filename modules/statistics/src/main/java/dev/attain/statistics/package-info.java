/**
 * What can be concluded from the requests of points: where the steady state begins, how certain an attainment and a
 * percentile are although requests that share a queue resemble each other, whether two deployments differ. Pure
 * functions of values in the order in which requests were intended; every formula names its source.
 */
package dev.attain.statistics;
