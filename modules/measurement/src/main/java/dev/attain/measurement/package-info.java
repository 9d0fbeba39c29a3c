/** What was measured: clocks, the record of a request, recorders, mergeable snapshots, attainment and verdicts. */
package dev.attain.measurement;
