package dev.attain.experiment;

import java.util.List;

/**
 * The load nodes and where the cluster listens.
 *
 * @param load number of load nodes, at least 1
 * @param spawnLocally true: started as JVMs on this machine; false: started by hand with {@code attain node} and
 *     waited for
 * @param bindHost address the coordinator listens on for nodes
 * @param bindPort port it listens on; 0 for any free one
 * @param weights share of the load of each node, relative to the others; empty for equal shares
 * @param heapBytes largest heap of each spawned node
 */
public record Nodes(int load, boolean spawnLocally, String bindHost, int bindPort, List<Integer> weights,
    long heapBytes) {
  public Nodes {
    weights = List.copyOf(weights);
  }
}
