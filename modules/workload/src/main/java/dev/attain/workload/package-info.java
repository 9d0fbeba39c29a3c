/**
 * What is sent: sizes and contents of requests, and the recorded traffic they may come from.
 *
 * <p><b>Purpose.</b> {@link Workload} answers, for any request index, how long its prompt and its output are and what
 * the prompt says. {@link TraceFile} reads recorded traffic. This module knows nothing of arrivals, engines or
 * networks, and needs no library and no tokenizer.
 *
 * <p><b>Invariants.</b>
 * <ul>
 * <li>The size of request i is a pure function of (source, limits, form, seed, i); its prompt also of a nonce. Any node
 * computes any request in any order, so requests are dealt to nodes without being sent to them.
 * <li>Prompt and output of a request together never exceed the model's context. What had to be shortened is counted, so
 * that a report can say that the lengths are not quite those of the source.
 * <li>Prompts of one seed differ from each other, and from those of another nonce, within their first 16 tokens. No
 * prefix cache gets a hit that real traffic of this kind would not have had: not between requests, not between points.
 * <li>Equal hashes mean the same prompts and lengths, nonces apart.
 * </ul>
 *
 * <p><b>Decisions.</b>
 * <ul>
 * <li><i>Prompts are random token ids by default.</i> Their length is exact with any model and without its tokenizer,
 * and the speed of an engine depends on lengths, not on meaning. The ids come from the middle of the vocabulary,
 * because special tokens stand at its two ends: the first 1,000 and the last 2,048 ids are left out, which covers the
 * reserved places of the common model families; of a vocabulary too small for that, an eighth at each end.
 * <li><i>Text is words, a word for a token.</i> For engines that take text only. All 256 words were checked to be
 * single tokens, with the space before them, in r50k, p50k, cl100k and o200k. An eighth of the context stays free for
 * what a word is not one token of and for the chat template.
 * <li><i>The longer side of a request that does not fit gives way.</i> A long document loses text before its short
 * answer loses a token, and the other way round. Sending it whole would only measure the engine's error message.
 * <li><i>Only the first 16 tokens depend on the nonce,</i> so that every deployment and rate of a seed sees the same
 * prompts otherwise. Sixteen is the smallest cache block in use, and a cached block is found only behind equal ones.
 * <li><i>A lognormal is limited, not cut off:</i> lengths outside become the nearest limit. Redrawing them would shift
 * the median that the user wrote down.
 * <li><i>Joint rows are preferred to two distributions</i> where there is a recording: prompt and output lengths depend
 * on each other, and the recorded ones have more than one peak.
 * <li><i>Traces are split at commas, without a CSV library.</i> The columns that matter are numbers. Columns are found
 * by name, since their positions differ between versions of the same data set.
 * <li><i>{@code StrictMath} and a generator without state,</i> because {@code Math.log} may differ in the last bit
 * between processors, and one bit is enough for another length.
 * </ul>
 */
package dev.attain.workload;
