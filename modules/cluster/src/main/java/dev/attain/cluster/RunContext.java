package dev.attain.cluster;

import dev.attain.experiment.Experiment;
import dev.attain.experiment.Nodes;
import java.time.Duration;
import java.util.Optional;

/**
 * The run that everything belongs to.
 *
 * @param id different for every run; goes into prompts, so that no cache of an earlier run can answer
 */
record RunContext(String id, Experiment experiment) {
  // A node must miss several words of the coordinator in a row before its lease ends.
  private static final int KEEP_ALIVES_PER_LEASE = 6;

  /** How long engine nodes may take to join; empty when nobody can know where, so that nobody will. */
  Optional<Duration> engineNodesJoin() {
    Nodes nodes = experiment.nodes();
    return nodes.spawnLocally() && nodes.bindPort() == 0
        ? Optional.empty()
        : Optional.of(experiment.deadlines().nodesJoin());
  }

  /** How often the coordinator lets every node know that it is alive. */
  Duration keepAliveInterval() {
    return experiment.deadlines().lease().dividedBy(KEEP_ALIVES_PER_LEASE);
  }
}
