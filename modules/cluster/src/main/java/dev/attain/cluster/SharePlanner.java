package dev.attain.cluster;

import dev.attain.client.LoadClient;
import dev.attain.client.PlannedArrivals;
import dev.attain.schedule.ArrivalSchedule;
import dev.attain.workload.Workload;
import java.time.Duration;

/**
 * Plans what one load node sends: the whole schedule of a point from its few numbers, and this node's share of it. Pure
 * computation and the opening of connections; may take a second for a million arrivals.
 */
final class SharePlanner {
  // 20 requests a second and node: enough to compile the client's code, too few to load an engine.
  private static final Duration WARM_UP_GAP = Duration.ofMillis(50);

  private final Definition definition;
  private final String run;
  private final String node;
  private final int position;

  SharePlanner(Definition definition, String run, String node, int position) {
    this.definition = definition;
    this.run = run;
    this.node = node;
    this.position = position;
  }

  /** The share, ready to start, and what the coordinator compares between nodes. */
  record Planned(ShareRun share, LoadProtocol.Prepared answer) {}

  Planned plan(PointPlan plan, LoadClient client) {
    ArrivalSchedule schedule = ArrivalSchedule.plan(definition.arrivals(), plan.seed(), plan.requestsPerSecond(),
        definition.extent());
    Workload workload = definition.workload().workload(definition.model().limits(), plan.seed());
    int[] indices = definition.shares().indices(position, schedule.size());
    long[] intendedNanos = new long[indices.length];
    for (int k = 0; k < indices.length; k++) {
      intendedNanos[k] = schedule.intendedNanos(indices[k]);
    }
    long lastIntendedNanos = schedule.size() == 0 ? 0 : schedule.intendedNanos(schedule.size() - 1);
    ShareRun share = new ShareRun(plan.point(),
        client.prepare(new PlannedArrivals(indices, intendedNanos), workload, plan.nonce(), definition.slo()),
        lastIntendedNanos + definition.requests().drain().toNanos());
    return new Planned(share, new LoadProtocol.Prepared(node, plan.point(), schedule.size(), indices.length,
        schedule.hash(), workload.hash(schedule.size()), workload.cutToContext(schedule.size()), lastIntendedNanos));
  }

  /**
   * Requests that reach every pair of instances, {@code requestsPerPair} times or, when the warm-up is longer than those
   * need, as often as fit at the pace of a warm-up. Prompts differ from any that is measured.
   */
  ShareRun planWarmUp(String deployment, int pairs, LoadClient client) {
    long spreadNanos = definition.warmUp().duration().toNanos();
    int requests = (int) Math.max(pairs * (long) definition.warmUp().requestsPerPair(),
        spreadNanos / WARM_UP_GAP.toNanos());
    int[] indices = new int[requests];
    long[] intendedNanos = new long[requests];
    for (int k = 0; k < requests; k++) {
      indices[k] = k;
      intendedNanos[k] = (long) ((double) spreadNanos * k / requests);
    }
    String nonce = "warm-up/" + run + "/" + node + "/" + deployment;
    Workload workload = definition.workload().workload(definition.model().limits(), nonce.hashCode());
    return new ShareRun(deployment,
        client.prepare(new PlannedArrivals(indices, intendedNanos), workload, nonce, definition.slo()),
        spreadNanos + definition.requests().drain().toNanos());
  }
}
