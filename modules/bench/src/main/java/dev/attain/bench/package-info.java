/**
 * How cheap and how truthful the measured path is: a side-by-side comparison with other load generators.
 */
package dev.attain.bench;
