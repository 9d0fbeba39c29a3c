/**
 * What was measured: clocks, the record of a request, recorders, mergeable snapshots, attainment and verdicts.
 *
 * <p>Data goes one way: an event loop writes gaps and {@link dev.attain.measurement.RequestRecord}s into its
 * {@link dev.attain.measurement.Recorder}; the node's {@link dev.attain.measurement.Collector} turns all recorders into
 * numbered {@link dev.attain.measurement.Snapshot}s; these travel as {@link dev.attain.measurement.EncodedSnapshot}s to
 * one {@link dev.attain.measurement.SnapshotMerge}, whose total gives {@link dev.attain.measurement.Attainment},
 * {@link dev.attain.measurement.Percentiles} and {@link dev.attain.measurement.Judgement}.
 *
 * <h2>Invariants</h2>
 * <ul>
 * <li>planned = completed + failed + timed out + unsent + lost, for each node and in total, once a point has finished,
 * also after a crash.
 * <li>Counts at the SLO are exact integers over nanoseconds; no bucket decides whether a request met its objective. Only
 * completed requests can meet one, and the denominator is everything planned.
 * <li>Latency counts from the intended instant. A late generator makes it worse, never better.
 * <li>A snapshot is cumulative and numbered; merging is idempotent and the order of offers does not matter. Splitting
 * the same requests over any number of nodes and recorders gives the same total, histogram buckets included.
 * <li>No value is clamped: what is negative or above 1 h is counted apart, by metric.
 * <li>Percentiles come from merged histograms; they are never averaged.
 * </ul>
 *
 * <h2>Decisions</h2>
 * <ul>
 * <li><b>One histogram layout for everything</b> (1 us to 1 h, 3 digits), carried in each encoded snapshot: adding
 * histograms is lossless only when layouts agree, and a difference must be refused rather than guessed at. Three digits
 * are far finer than the noise of serving and cost about 200 kB of memory and at most some 12 kB on the wire; each digit
 * more costs ten times that.
 * <li><b>Latencies are rounded up to whole microseconds</b>, so that rounding never flatters. A gap of exactly zero, two
 * events in one read, stays 0: histograms hold it, and calling it 1 us would hide how often an engine bundles tokens.
 * <li><b>Gaps of events and gaps of tokens from three series</b>: gaps before events of one token, which belong to both,
 * and gaps before events of several, whole and divided. The usual event is written once, and adding series is exact and
 * safe in mid-run, which taking one from another would not be.
 * <li><b>TPOT and required scales are rounded up too</b> (to nanoseconds, to thousandths), which makes comparing them
 * with an integer objective exact: the required-scale curve at 1.0 is the attainment, to the request.
 * <li><b>Histograms before counts.</b> A recorder fills histograms first and counts afterwards, a collector reads in the
 * reverse order. So a snapshot taken in mid-run may know the latency of a request it has not counted, never the reverse;
 * in a quiet moment they agree exactly. Making them agree always would need a lock on the measured path.
 * <li><b>Requests in flight on a lost node leave the sent count</b> and are lost like the rest of its share: what became
 * of them is unknown, and then planned = sent + unsent + lost holds as well.
 * <li><b>Send lag is recorded when a request ends</b>, from the same record that is written to disk, so that file and
 * histogram cannot disagree.
 * <li><b>The time to first token of a request in two legs is kept in stages</b>, each a distribution of its own, because
 * percentiles of a sum say nothing about its parts. The stages of one request add up to its service TTFT to the
 * nanosecond; so do their means over all requests, which is what shares are made of.
 * <li><b>The Wilson interval rests on a {@link dev.attain.measurement.SampleSize}</b>: requests share queues, so that
 * many of them prove less than as many independent ones. How much less is found from records, not from counts, and so not
 * here.
 * <li><b>{@link dev.attain.measurement.NanoClock} is the only access to the system's monotonic clock</b> and is functional:
 * a test's clock is a lambda.
 * </ul>
 */
package dev.attain.measurement;
