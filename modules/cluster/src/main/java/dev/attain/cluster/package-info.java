/**
 * The run as a cluster of actors: who coordinates, who sends load, who starts engines, and what they say to each other.
 *
 * <p>Actors are for control only. No message is ever sent for a single request: load nodes plan their own share from a
 * few numbers, start at an instant given in their own monotonic clock, and need nobody until they are done. What comes
 * back is one cumulative, numbered snapshot a second and a stream of record batches under back-pressure.
 *
 * <p>Invariants:
 * <ul>
 * <li>Every wait has a deadline, and its message names who was waited for ({@link dev.attain.cluster.RollCall}).
 * <li>A node that is lost costs its undecided requests, which become {@code LOST}; counts always add up.
 * <li>A load node whose lease ends stops sending by itself.
 * <li>Before a point starts, the nodes must agree: on the hash of the schedule, or in a closed loop, which has none, on
 * the contents of the requests and on whose users are whose. A closed loop that ends by time plans what has begun, which
 * each node says with its last snapshot; of a lost node it is what the newest one says.
 * <li>Wire messages implement {@link dev.attain.cluster.Wire} and are registered with Kryo under fixed ids; Java
 * serialisation stays off.
 * </ul>
 *
 * <p>Decisions:
 * <ul>
 * <li>One node is a cluster of one: there is no local mode, so tests of one machine exercise the path of many.
 * <li>Results are handed to a {@link dev.attain.cluster.RunObserver}; this module knows neither files nor terminals.
 * <li>Definitions and records travel as Akka stream references: a trace of any size fits, and a slow reader slows the
 * sender of records, never the sender of requests.
 * <li>Which engine node starts what is decided by the coordinator, from what every node says of its GPUs just before;
 * each node then chooses the GPUs themselves, since only it sees what has changed meanwhile. A start that fails is tried
 * again by the node, before the deployment is up and never after: a measured point has one set of processes.
 * <li>A router that attain starts runs on the coordinator's machine. The load goes to it, and the counters of the
 * instances behind it prove the transfer, as they do behind somebody else's router.
 * <li>Engines are looked at from the coordinator, which may do so whoever started them; GPUs from their own node, through
 * one nvidia-smi that runs as long as the deployment. Neither decides anything: a look that fails is a gap. An instance is
 * asked again only when it has answered, and of a point of any length a bounded number of samples is kept.
 * <li>Engines that still work on requests of the point before are waited for. One that does not come to rest makes the
 * next point INVALID instead of ending the run: the sentence names it, the points of other deployments are not lost, and
 * the same deployment may be idle again at the next point.
 * <li>After a point that gave requests up, the next one of a disaggregated deployment begins a lease later. A request that is
 * given up while its prefill step runs leaves KV that nobody fetches, which the instance counts as expired when the lease
 * ends; the next point would be INVALID for it.
 * <li>A point's load may begin before and go on after what is measured of it. Its start is the start of the measured
 * window, so that requests before it have negative instants and nothing that reads stamps needs to know of them. Load nodes
 * end what they keep up when all of them have finished what is measured; what was sent is served, because the engines'
 * counters must add up.
 * </ul>
 */
package dev.attain.cluster;
