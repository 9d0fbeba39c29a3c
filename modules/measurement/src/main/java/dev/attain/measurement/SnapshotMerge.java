package dev.attain.measurement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The newest snapshot of each node, and their sum. Offering is idempotent and its order does not matter: the highest
 * number of a node is the truth. Node names are unique within a point; a node that starts again needs a new one.
 * Confined to one thread.
 */
public final class SnapshotMerge {
  private final TreeMap<String, Snapshot> newest = new TreeMap<>();
  private final Set<String> lost = new TreeSet<>();

  /** Takes a node's snapshot, unless one with this number or a higher one is already there. */
  public void offer(String node, Snapshot snapshot) {
    newest.merge(node, snapshot, (known, offered) -> offered.number() > known.number() ? offered : known);
  }

  /**
   * A node is gone: what has not ended in its newest snapshot counts as lost. A snapshot that was still on its way is
   * accepted, and what has not ended in that one counts as lost. Offer {@link Snapshot#beforeStart} for each node
   * first, so that the share of one that never reported is not forgotten.
   */
  public void markLost(String node) {
    lost.add(node);
  }

  /** All nodes that were offered, in the order of their names. */
  public List<String> nodes() {
    return List.copyOf(newest.keySet());
  }

  /** The newest snapshot of a node, a lost node's remainder being lost; empty when none was offered. */
  public Optional<Snapshot> newest(String node) {
    return Optional.ofNullable(newest.get(node))
        .map(snapshot -> lost.contains(node) ? snapshot.withRemainderLost() : snapshot);
  }

  /** The counts of a node, none when it was never offered. */
  public Counts counts(String node) {
    return newest(node).map(Snapshot::counts).orElse(Counts.none());
  }

  /** All nodes together; its number is the sum of theirs, so that it rises with each newer snapshot. */
  public Snapshot total() {
    long number = 0;
    Counts counts = Counts.none();
    List<Latencies> parts = new ArrayList<>();
    for (String node : newest.keySet()) {
      Snapshot snapshot = newest(node).orElseThrow();
      number += snapshot.number();
      counts = counts.plus(snapshot.counts());
      parts.add(snapshot.latencies());
    }
    return new Snapshot(number, counts, Latencies.sum(parts));
  }
}
