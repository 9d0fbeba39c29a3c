/**
 * The bundle: what a run leaves behind, written while it runs and read by everything that comes after it.
 *
 * <p><b>Files.</b> {@code manifest.json} ({@link dev.attain.results.Manifest}), for each point {@code summary.json}
 * ({@link dev.attain.results.PointSummary}), {@code server-metrics.json}
 * ({@link dev.attain.results.ServerMetricsFile}), {@code requests.jsonl.gz}, {@code timeline.csv} and
 * {@code histograms.hlog}, for each point one {@code vllm-<rate>qps-<repeat>.json}
 * or, of a closed loop, {@code vllm-concurrency<users>-<repeat>.json}, and {@code summary.csv} over all.
 * With several deployments each has a folder of its own; with one deployment its files are one level up. JSON Schemas
 * of the three documents are in this module's resources, {@code schema/*.schema.json}. The bundle of a plan has a
 * {@code manifest.json} ({@link dev.attain.results.PlanManifest}) that says {@code kind: plan}, {@code plan.json}
 * ({@link dev.attain.results.PlanSummary}) and {@code plan.csv}, and schemas of its own, {@code plan-manifest} and
 * {@code plan}; {@link dev.attain.results.PlanBundle} opens it.
 *
 * <p><b>Invariants.</b>
 * <ul>
 * <li>A crash at any moment leaves a bundle that {@link dev.attain.results.Bundle#open} reads and that says it is not
 * complete: the first manifest is written before anything else, documents are replaced by an atomic rename, lines are
 * flushed as they are appended, and a torn last line is passed over.</li>
 * <li>Nothing is written outside the bundle's folder, except one row of the index beside all bundles. Paths inside a
 * manifest are relative to it, so that a bundle may be moved.</li>
 * <li>Request stamps survive writing and reading to the nanosecond.</li>
 * <li>Seconds and shares between 0 and 1 everywhere; only the export for other tools has milliseconds, because its keys
 * say so.</li>
 * </ul>
 *
 * <p><b>A line of {@code requests.jsonl.gz}</b> is one request. Stamps are seconds from the start of the point on the clock
 * of the node that sent it, and left out where they did not happen: {@code intended} (by the schedule), {@code handed} (to
 * its event loop), {@code sent} (being written to an idle connection, or a connection being opened for it),
 * {@code written} (its last byte taken by the socket), {@code prefillDone} and {@code decodeSent} (two legs only),
 * {@code firstByte}, {@code firstToken}, {@code lastToken} and {@code end}. {@code connectionsOpened} were opened for it in
 * {@code connectTime} seconds, which lie between sent and written and count in its TTFT; {@code connectionIdle} is how long
 * the connection it was given had been idle; {@code staleConnection} is there, and true, when that one broke before the
 * answer. {@code outputTokens} came in {@code tokenEvents}; {@code countedTokens} is there when the events accounted for
 * fewer. {@code ttft}, {@code tpot} and {@code e2e} follow from these.
 *
 * <p><b>Two kinds of gaps.</b> {@code itl} is the gap between two token events, whatever each carries. {@code itlPerToken}
 * is that gap divided by the number of tokens in the later event, taken as often: gap / k, k times. With one token an event
 * they are the same distribution. Engines that decode speculatively are compared by the second, and felt as the first.
 *
 * <p><b>What requests prove</b> ({@code confidence} of a summary) follows from their records in the order in which they
 * were intended, which are kept in memory while a point runs, 44 bytes a request. Nothing is left out of any other figure
 * because of it: requests before the steady state count as all others do, and a reader is told how many they are.
 *
 * <p><b>The export for other tools</b> has the keys of {@code vllm bench serve}'s result and means the same, except:
 * latencies count from the intended instant, and so does {@code start_times}; {@code queue_times}, the waits for
 * others in flight, are a part of them; every planned request has an entry, in
 * the order of the plan; a request that did not complete has {@code 1e9} seconds in {@code ttfts}, {@code tpots} and
 * {@code latencies}, so that a tool comparing them with an objective counts a miss (0, which that program writes, would
 * count as met); {@code failed} is everything that did not complete; {@code itls} are empty lists, because single gaps
 * are kept in histograms only, and {@code generated_texts} are empty strings, because texts are not kept;
 * {@code max_output_tokens_per_s} spreads a request's tokens evenly from its first to its last. {@code burstiness} is
 * null where arrivals are neither Poisson nor gamma. A closed loop has {@code request_rate} "inf" and its users as
 * {@code max_concurrency}, which is otherwise the limit in flight; that program sends a request as soon as any other has
 * ended, while users of a closed loop here have one request each.
 *
 * <p><b>Exports</b> ({@link dev.attain.results.Export}) are those files as they are, and one line for each request as CSV
 * or JSON with flat names that carry their units; what each means stands in {@code schema/request.schema.json}.
 *
 * <p><b>Judged again.</b> {@link dev.attain.results.Bundle#judgedBy} gives the bundle that a run with other objectives
 * would have left, from its records; with the run's own objectives its summaries are equal to the written ones. A bundle
 * that says it is complete and whose records do not add up to its summaries is refused, because what is missing would
 * look like misses; of one that is incomplete, what is missing is lost, and the point invalid. A point without a summary
 * gets a sentence and no verdict: nobody knows which of its requests were still to come.
 *
 * <p><b>Comparisons.</b> {@link dev.attain.results.Contender} is one deployment with the times of its single requests in
 * the order of the plan, read from a bundle or from the files of {@code vllm bench serve}. A bundle whose records are
 * fewer than its summary counted is refused: missing records would look like misses.
 *
 * <p><b>Decisions.</b> Records are the schema: the names of record components are the names in the files, so there is no
 * second list to keep equal. A reader skips fields that it does not know and refuses documents that lack one it needs:
 * adding a field needs no new schema version, leaving one out does. A component that is {@link java.util.Optional} may
 * be missing, because an earlier version did not have it or because nobody could tell. Records are compressed with a flush after each
 * append, which costs a few bytes a second and makes the file readable while it grows.
 */
package dev.attain.results;
