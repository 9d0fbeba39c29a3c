package dev.attain.cluster;

import dev.attain.client.LoadClient;
import dev.attain.client.LoadRun;
import dev.attain.client.PlannedArrivals;
import dev.attain.client.PlannedUsers;
import dev.attain.experiment.Load;
import dev.attain.experiment.Loop;
import dev.attain.schedule.ArrivalSchedule;
import dev.attain.schedule.Extent;
import dev.attain.schedule.Flanks;
import dev.attain.schedule.VirtualUsers;
import dev.attain.workload.Workload;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Plans what one load node sends: the whole schedule of a point from its few numbers, and this node's share of it; in a
 * closed loop, which users it has. Pure computation and the opening of connections; may take a second for a million arrivals.
 */
final class SharePlanner {
  // 20 requests a second and node: enough to compile the client's code, too few to load an engine.
  private static final Duration WARM_UP_GAP = Duration.ofMillis(50);

  /** Of a point whose number of requests nobody knows before, so many are compared between nodes. */
  private static final int COMPARED_REQUESTS = 1000;

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
    return switch (plan.load()) {
      case Load.Rate rate when definition.loop() instanceof Loop.Open loop -> open(plan, rate, loop, client);
      case Load.Concurrency users when definition.loop() instanceof Loop.Closed loop ->
        closed(plan, new VirtualUsers(users.users(), loop.startOver(), loop.thinkTime(), plan.seed()), loop, client);
      default -> throw new IllegalArgumentException(
          "the point " + plan.point() + " has another kind of load than its experiment");
    };
  }

  private Planned open(PointPlan plan, Load.Rate rate, Loop.Open loop, LoadClient client) {
    ArrivalSchedule schedule = ArrivalSchedule.plan(definition.arrivals(), loop.profile(), plan.seed(),
        rate.perSecond(), definition.extent());
    Flanks flanks = schedule.flanks(loop.lead().in(), loop.lead().out());
    Workload workload = workload(plan);
    PlannedArrivals mine = mine(schedule, flanks,
        loop.maxInFlight().stream().map(all -> definition.shares().part(position, all)).findFirst());
    long lastIntendedNanos = schedule.size() == 0 ? 0 : schedule.intendedNanos(schedule.size() - 1);
    ShareRun share = shareRun(plan, client.prepare(mine, workload, plan.nonce(), definition.slo()), loop.lead().any(),
        lastIntendedNanos);
    return new Planned(share, new LoadProtocol.Prepared(node, plan.point(), schedule.size(), mine.measured(),
        flanks.hash(), workload.hash(schedule.size()), workload.cutToContext(schedule.size()),
        lastIntendedNanos, 0));
  }

  /**
   * In the order of time. What is measured has the same indices, and so the same prompts, whatever is around it; requests
   * after it go on counting, and those before it, of which there are others at each rate, come last.
   */
  private PlannedArrivals mine(ArrivalSchedule schedule, Flanks flanks, OptionalInt places) {
    long[] before = flanks.before();
    long[] after = flanks.after();
    int[] early = definition.shares().indices(position, before.length);
    int[] measured = definition.shares().indices(position, schedule.size());
    int[] late = definition.shares().indices(position, after.length);
    int afterAll = schedule.size() + after.length;
    int[] indices = Stream.of(IntStream.of(early).map(index -> afterAll + index), IntStream.of(measured),
        IntStream.of(late).map(index -> schedule.size() + index)).flatMapToInt(each -> each).toArray();
    long[] intendedNanos = Stream.of(IntStream.of(early).mapToLong(index -> before[index]),
        IntStream.of(measured).mapToLong(schedule::intendedNanos), IntStream.of(late).mapToLong(index -> after[index]))
        .flatMapToLong(each -> each).toArray();
    return new PlannedArrivals(indices, intendedNanos, early.length, measured.length, places);
  }

  private Planned closed(PointPlan plan, VirtualUsers users, Loop.Closed loop, LoadClient client) {
    OptionalInt requests = definition.extent() instanceof Extent.Requests(int count)
        ? OptionalInt.of(count)
        : OptionalInt.empty();
    Duration end = definition.extent() instanceof Extent.Time(Duration duration) ? duration : loop.timeLimit();
    Workload workload = workload(plan);
    int[] mine = definition.shares().indices(position, users.users());
    PlannedUsers planned = new PlannedUsers(users.users(), mine,
        Arrays.stream(mine).mapToLong(users::startNanos).toArray(), users::thinkNanosBefore, requests, end,
        loop.pauseAfterFailure());
    ShareRun share = shareRun(plan, client.prepare(planned, workload, plan.nonce(), definition.slo()), false,
        end.toNanos());
    int known = requests.orElse(Math.max(COMPARED_REQUESTS, users.users()));
    return new Planned(share, new LoadProtocol.Prepared(node, plan.point(), requests.orElse(0),
        planned.plannedRequests(), "", workload.hash(known), workload.cutToContext(known), end.toNanos(),
        mine.length));
  }

  private Workload workload(PointPlan plan) {
    return definition.workload().workload(definition.model().limits(), plan.seed());
  }

  private ShareRun shareRun(PointPlan plan, LoadRun run, boolean flanked, long lastIntendedNanos) {
    return new ShareRun(plan.point(), run, flanked, lastIntendedNanos + definition.requests().drain().toNanos());
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
        client.prepare(new PlannedArrivals(indices, intendedNanos), workload, nonce, definition.slo()), false,
        spreadNanos + definition.requests().drain().toNanos());
  }
}
