/**
 * Engine processes: how each kind is started, where it answers, when it is ready, and that it ends.
 *
 * <p>
 * An {@link dev.attain.engines.InstanceSpec} says what a deployment wants of one instance. Its
 * {@link dev.attain.engines.EngineKind} turns that into a {@link dev.attain.engines.LaunchPlan}, a value that can be
 * shown without starting anything. {@link dev.attain.engines.GuardedProcess} starts the plan's command, and
 * {@link dev.attain.engines.Readiness} waits until it serves its model.
 *
 * <h2>Invariants</h2>
 * <ul>
 * <li>A process started here dies with this JVM, however the JVM ends, together with everything it has started itself,
 * and nobody has to have been told. Load nodes on this machine are started the same way.</li>
 * <li>Only what was started here is ever signalled, and only by the number of its own process group.</li>
 * <li>Every wait has a deadline, and its message names who was waited for, the last state, and the last lines of the
 * log.</li>
 * <li>No log line makes an instance ready; only what it answers does. What a log tells is shown while one waits, and
 * after a failed start it decides whether another attempt is worth it.</li>
 * </ul>
 *
 * <h2>Decisions</h2>
 * <ul>
 * <li><b>The parent watch is a pipe.</b> A shell process in a session of its own reads a pipe whose other end only this
 * JVM holds; the kernel closes that end even after SIGKILL. A shutdown hook would not survive SIGKILL; Linux's
 * parent-death signal does not reach grandchildren and ends with the thread that forked; watching the parent's process id
 * polls, and ids are reused. The watch does orderly stops as well, so there is one way in which processes end, and
 * every test tests it.</li>
 * <li><b>The started process becomes the command</b> instead of supervising it: its id, group and exit code are the
 * command's own, nothing lies between a signal and the engine, and the helper is no child of the engine.</li>
 * <li><b>Sessions are made by {@code setsid}, or by {@code perl} where there is none</b>, which is on every macOS.
 * {@code set -m} of the shell, the other candidate, gives the group to a child of the shell, whose number Java would not
 * know, and Debian's {@code sh} refuses it without a terminal.</li>
 * <li><b>Zombies count as gone.</b> In containers whose first process reaps nothing they stay for ever.</li>
 * <li><b>Instances get GPUs by number, in the order of the PCI bus</b>, and each sees only its own: UCX still moves keys
 * and values over NVLink between them. A GPU past a tenth of its memory works for somebody else and is left alone.</li>
 * <li><b>A prefill or decode instance of vLLM is ready when its side channel greets</b>, in either role: the scheduler
 * opens it once memory is registered with NIXL. vLLM 0.32 opens it some two seconds before its health check answers, but
 * nothing promises that order.</li>
 * <li><b>A stopped instance is gone when the memory of its GPUs is back.</b> The driver frees it after the process has
 * ended, and the next deployment would find too little.</li>
 * <li><b>What vLLM only finds at the first request is checked before the start</b>, in
 * {@link dev.attain.engines.DeploymentRules}: two sides that do not match answer their health checks all the same.</li>
 * <li><b>Only vLLM is joined into prefill and decode.</b> The others hand over through routers of their own, and are
 * measured behind them as external deployments.</li>
 * <li><b>What a request may say is part of a kind</b>, as its command line is: some engines refuse fields they do not
 * know, some take no token ids, and one cannot be told how long an answer is to be.</li>
 * <li><b>Ports come from below the ephemeral range</b>, where the load's own connections cannot take them.</li>
 * <li><b>Probes use the JDK's HTTP client</b>; nothing here is on the measured path.</li>
 * <li><b>Metrics are known by name, kind by kind</b> ({@link dev.attain.engines.MetricNames}); what a kind does not offer
 * stays unknown and never becomes 0. Of an engine that attain has not started, the names in its page tell the kind.</li>
 * <li><b>nvidia-smi runs on and writes into a file</b> that is read from behind: a process for each look would cost more
 * than what it tells, and the file is a log. It dies with its parent like an engine.</li>
 * <li><b>KV transfer is proven by counts of both sides.</b> {@link dev.attain.engines.KvTransfer} compares what arrived
 * with the prompts of the requests that completed, less one position of each, which a decode instance computes again.
 * vLLM counts all tokens of a transferred prompt, also those of a block that is not full, so blocks need no allowance.
 * Counts that went back, or moved when nothing was open, prove nothing.</li>
 * </ul>
 */
package dev.attain.engines;
