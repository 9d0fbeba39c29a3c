package dev.attain.experiment;

import java.time.Duration;

/**
 * How long the coordinator waits in each phase before it gives up and names who was missing.
 *
 * @param nodesJoin until all load nodes have joined
 * @param enginesReady until an instance answers that it is ready
 * @param warmUp until the warm-up of a deployment is over
 * @param arm until every load node has its share ready to start
 * @param enginesIdle until no instance has a request any more before a point; zero: not waited for and not checked
 * @param collect until the records of a point have arrived after its end
 * @param undeploy until the instances of a deployment are gone
 * @param lease how long a load node goes on without a word from the coordinator
 */
public record Deadlines(Duration nodesJoin, Duration enginesReady, Duration warmUp, Duration arm,
    Duration enginesIdle, Duration collect,
    Duration undeploy, Duration lease) {}
