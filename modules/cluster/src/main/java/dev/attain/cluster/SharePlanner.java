package dev.attain.cluster;

import dev.attain.client.LoadClient;
import dev.attain.client.PlannedArrivals;
import dev.attain.measurement.NanoClock;
import dev.attain.schedule.ArrivalSchedule;
import dev.attain.workload.Workload;
import java.time.Duration;

/**
 * Plans what one load node sends: the whole schedule of a point from its few numbers, and this node's share of it. Pure
 * computation and the opening of connections; may take a second for a million arrivals.
 */
final class SharePlanner {
  private final Definition definition;
  private final String node;
  private final int position;

  SharePlanner(Definition definition, String node, int position) {
    this.definition = definition;
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

  /** Evenly spaced requests that reach every pair of instances; prompts differ from any that is measured. */
  ShareRun planWarmUp(String deployment, int pairs, LoadClient client) {
    int requests = Math.max(1, pairs * definition.warmUp().requestsPerPair());
    Duration spread = definition.warmUp().duration();
    int[] indices = new int[requests];
    long[] intendedNanos = new long[requests];
    for (int k = 0; k < requests; k++) {
      indices[k] = k;
      intendedNanos[k] = spread.toNanos() * k / requests;
    }
    String nonce = "warm-up/" + node + "/" + deployment + "/" + NanoClock.system().nanos();
    Workload workload = definition.workload().workload(definition.model().limits(), nonce.hashCode());
    return new ShareRun(deployment,
        client.prepare(new PlannedArrivals(indices, intendedNanos), workload, nonce, definition.slo()),
        spread.plus(definition.requests().drain()).toNanos());
  }
}
