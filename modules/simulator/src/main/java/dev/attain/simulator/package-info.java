/**
 * An engine simulator that behaves like vLLM.
 *
 * <p>
 * Purpose: to stand in for real engines where there is no GPU, and to be a server whose truth is known. Interference of
 * prefill with decode, queueing, KV exhaustion and transfer contention are not put in as delays; they emerge from one
 * step clock.
 *
 * <p>
 * Four layers, each knowing only those before it:
 * <ul>
 * <li><b>Costs</b>: {@code RooflineCost} (a step from FLOPs and bytes), {@code TransferCost} and {@code SharedLink} (KV
 * between instances), with the tables {@code Models} and {@code Gpus}.
 * <li><b>Core</b>: {@code EngineCore}, the scheduler and step clock. No thread, no clock, no socket.
 * <li><b>Virtual time</b>: {@code VirtualDeployment} drives several cores event by event, for planning and calibration.
 * <li><b>Server</b>: {@code EngineThread} runs a core in wall time, {@code FrontEnd} serves it over HTTP, and two
 * simulators in prefill and decode roles talk over {@code SideChannel} the way vLLM's NIXL connector does.
 * </ul>
 *
 * <p>
 * Invariants: every KV block is free or belongs to sequences that begin alike; token times follow from absolute ends of
 * steps, so delays of this process never add up, and no token is written before its time; the event loop of a connection
 * is the only one that touches its answer, the step thread the only one that touches the core.
 *
 * <p>
 * Decisions:
 * <ul>
 * <li>A step's tokens reach an event loop as one task, and each connection gets one buffer and one write for a token,
 * past the HTTP encoder: at tens of thousands of tokens a second on one core, anything more is the bottleneck. The loop
 * wakes every 200 us while tokens become due and not for each: 500 streams of 26,300 tokens a second then cost one core
 * of a VM 12 us for a token, in place of 9 when a step's tokens all leave at its end, and 99 % are less than 1 ms late,
 * in place of 10.
 * <li>With asynchronous scheduling (vLLM's default) an arrival waits for the step after the next one. Without that, the
 * measured time to first token under load could not be had together with that of an idle engine.
 * <li>A prompt's blocks are reserved as a whole when it is admitted, not chunk by chunk: a prompt then never loses its
 * own KV half way, and a decode instance needs this before it may pull.
 * <li>Reading prompts is work of one event loop, which a burst shares: each of n prompts takes n times as long. The rest of
 * the way to the scheduler is waiting, and shared by nobody. That needed no further coefficient: the part of the front
 * end's time that grows with the prompt is the work.
 * <li>Tokens leave one after the other, each when the front end has had its time for it ({@code FrontEndCost} says where
 * that comes from): vLLM's API server is one event loop in a process of its own, for which steps do not wait. In vLLM it
 * is the same loop that reads prompts. Here the two do not take time from each other: a token is one short turn of the
 * loop and a prompt many, so that a token waits for few others, and in the measured open loops tokens take less than a
 * tenth of the loop's time, which would lengthen the reading of a prompt by 0.1 ms. Token times then follow from
 * arrivals at the scheduler alone. Tokens of an answer that is not streamed cost nothing but the last: vLLM only collects them.
 * <li>A fault is decided when its request arrives, by seed and request id, and not by order: it strikes the same requests
 * however they interleave. The truth names it only once it has struck.
 * <li>Prefix caching is off unless asked for, unlike in vLLM: load tests send prompts that differ, so it would only cost
 * hashes, and one that repeats its prompts should know what it measures.
 * <li>As with vLLM, reading KV whose lease has ended succeeds; only the counters of the prefill instance tell.
 * </ul>
 *
 * <p>
 * How near it is: {@code attain simulate-engine --calibration} compares it with real engines, {@code AccuracyTest} keeps
 * it there. GPUs hold hardware only; what the host adds is a property of vLLM's version. Posting the descriptors of a KV
 * transfer holds up the decode instance's steps; that alone explains the tokens' pace there under load. What is missing
 * most: on one GPU vLLM's scheduler and the launch of kernels share a process, and while that launches a step with much
 * prefill, the tokens of the step before wait there, in the measured bursts of 16 to 96 requests by up to the whole
 * step, in other bursts and with tensor parallelism not at all. Which it will be is not understood, so it is not
 * simulated, and first tokens of such bursts come too early.
 *
 * <p>
 * Not simulated: that vLLM's API server, when it is behind, joins tokens of one stream into one event, which lets it
 * catch up (measured on two cores: the processor time of a token then falls from 40 us to 27), tokenizers (four
 * characters are a token), sampling, LoRA, pipeline and data parallelism, speculative decoding and push-mode transfers.
 */
package dev.attain.simulator;
