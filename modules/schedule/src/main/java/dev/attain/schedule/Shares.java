package dev.attain.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which node sends which request: an exact split by index, the same wherever it is computed. Every index has exactly
 * one owner. Immutable and safe for any thread.
 */
public final class Shares {
  private static final int MOST_NODES = 1000;
  private static final int LONGEST_CYCLE = 100_000;

  private final int nodes;
  /** Owners of the first indices; they repeat from there. */
  private final int[] cycle;

  private Shares(int nodes, int[] cycle) {
    this.nodes = nodes;
    this.cycle = cycle;
  }

  /**
   * Node {@code k} owns every index {@code i} with {@code i mod nodes = k}.
   *
   * @throws IllegalArgumentException if {@code nodes} is not from 1 to 1000
   */
  public static Shares equal(int nodes) {
    requireNodes(nodes);
    return new Shares(nodes, IntStream.range(0, nodes).toArray());
  }

  /**
   * Node {@code k} owns {@code weights.get(k)} of every {@code sum(weights)} indices, and of any first {@code n}
   * indices less than one more or less than its part {@code n * weight / sum}. Equal weights give the same split as
   * {@link #equal}.
   *
   * @throws IllegalArgumentException if there are not 1 to 1000 weights, one is below 1, or their sum, after division
   *     by their greatest common divisor, is above 100,000
   */
  public static Shares weighted(List<Integer> weights) {
    requireNodes(weights.size());
    for (int weight : weights) {
      if (weight < 1) {
        throw new IllegalArgumentException("the weight of a load node must be at least 1, but is " + weight);
      }
    }
    int divisor = weights.stream().reduce(0, Shares::greatestCommonDivisor);
    long[] reduced = weights.stream().mapToLong(weight -> weight / divisor).toArray();
    long sum = Arrays.stream(reduced).sum();
    if (sum > LONGEST_CYCLE) {
      throw new IllegalArgumentException("the weights " + weights + " add up to " + sum
          + " after division by their greatest common divisor; the most is " + LONGEST_CYCLE + ", choose rounder ones");
    }
    return new Shares(reduced.length, deal(reduced, (int) sum));
  }

  /**
   * Deals one cycle. A node's (n+1)-th index must fall into [floor(n sum / weight), ceil((n+1) sum / weight)), the
   * window in which its count stays within one of its part; of the nodes whose window is open, the one whose window
   * closes first is served, ties in order of nodes. Earliest deadline first meets all these windows (Baruah et al.,
   * "Proportionate progress", 1996, for one processor).
   */
  private static int[] deal(long[] weights, int sum) {
    int[] owners = new int[sum];
    long[] owned = new long[weights.length];
    for (int index = 0; index < sum; index++) {
      int owner = -1;
      long earliest = Long.MAX_VALUE;
      for (int node = 0; node < weights.length; node++) {
        boolean open = owned[node] * sum < weights[node] * (index + 1);
        long closes = Math.ceilDiv((owned[node] + 1) * sum, weights[node]);
        if (open && closes < earliest) {
          earliest = closes;
          owner = node;
        }
      }
      owners[index] = owner;
      owned[owner]++;
    }
    return owners;
  }

  private static void requireNodes(int nodes) {
    if (nodes < 1 || nodes > MOST_NODES) {
      throw new IllegalArgumentException(
          "the number of load nodes must be from 1 to " + MOST_NODES + ", but is " + nodes);
    }
  }

  private static int greatestCommonDivisor(int first, int second) {
    return second == 0 ? first : greatestCommonDivisor(second, first % second);
  }

  /** Number of nodes. */
  public int nodes() {
    return nodes;
  }

  /** The node, from 0, that sends request {@code index} (from 0). */
  public int owner(int index) {
    return cycle[index % cycle.length];
  }

  /**
   * How many of {@code total} things that are dealt like requests (users, places in flight) {@code node} gets; the
   * nodes' parts add up to the total exactly.
   *
   * @throws IndexOutOfBoundsException if there is no such node
   */
  public int part(int node, int total) {
    return indices(node, total).length;
  }

  /**
   * Every index below {@code planned} that {@code node} owns, ascending.
   *
   * @throws IndexOutOfBoundsException if there is no such node
   */
  public int[] indices(int node, int planned) {
    if (node < 0 || node >= nodes) {
      throw new IndexOutOfBoundsException("there are " + nodes + " nodes from 0, but no node " + node);
    }
    int[] mine = new int[planned];
    int count = 0;
    for (int index = 0; index < planned; index++) {
      if (owner(index) == node) {
        mine[count++] = index;
      }
    }
    return Arrays.copyOf(mine, count);
  }
}
