package dev.attain.cluster;

import dev.attain.client.GeneratorLoad;
import dev.attain.client.Unmeasured;
import dev.attain.engines.KvTransfer;
import dev.attain.engines.TransferReading;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.Load;
import dev.attain.measurement.Counts;
import dev.attain.measurement.Snapshot;
import dev.attain.measurement.SnapshotMerge;
import dev.attain.schedule.Extent;
import dev.attain.workload.PromptForm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * The books of one point: what each load node promised, what it delivered, and what that makes. Plain and not
 * thread-safe; {@link PointRun} owns it.
 */
final class PointLedger {
  private final PointContext context;
  private final Experiment experiment;
  private final Map<String, LoadProtocol.Prepared> promises = new TreeMap<>();
  private final Map<String, ClockReading> clocks = new TreeMap<>();
  private final SnapshotMerge snapshots = new SnapshotMerge();
  private final Map<String, GeneratorLoad> loads = new LinkedHashMap<>();
  private final Map<String, Long> recordsOf = new HashMap<>();
  private final Map<String, String> lost = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final List<TransferReading> transfers = new ArrayList<>();
  private ServerView serverView = ServerView.NONE;
  private Unmeasured unmeasured = Unmeasured.NONE;
  private long lastEndNanos;

  PointLedger(PointContext context, Experiment experiment) {
    this.context = context;
    this.experiment = experiment;
  }

  void prepared(LoadProtocol.Prepared prepared) {
    promises.put(prepared.node(), prepared);
    snapshots.offer(prepared.node(), Snapshot.beforeStart(prepared.shareSize()));
  }

  void clock(String node, ClockReading reading) {
    clocks.put(node, reading);
  }

  ClockReading clock(String node) {
    return clocks.get(node);
  }

  /** The counters of KV transfer, read before and then after the load. */
  void transferred(TransferReading counters) {
    transfers.add(counters);
  }

  /** What the engines saw of the point. */
  void seenByEngines(ServerView view) {
    serverView = view;
  }

  /** What the nodes do not agree on, if anything: then their union would not be the planned schedule. */
  Optional<String> disagreement() {
    Map<String, List<String>> byPlan = promises.values().stream().collect(Collectors.groupingBy(
        promise -> promise.scheduleHash() + " with contents " + promise.workloadHash(),
        LinkedHashMap::new, Collectors.mapping(LoadProtocol.Prepared::node, Collectors.toList())));
    if (byPlan.size() > 1) {
      return Optional
          .of("the load nodes planned different schedules for %s: %s".formatted(context.point().id(), byPlan));
    }
    return missing("requests", LoadProtocol.Prepared::shareSize, any().pointSize())
        .or(() -> context.point().load() instanceof Load.Concurrency(int users)
            ? missing("users", LoadProtocol.Prepared::users, users)
            : Optional.empty());
  }

  private Optional<String> missing(String what, ToIntFunction<LoadProtocol.Prepared> part, int planned) {
    int union = promises.values().stream().mapToInt(part).sum();
    return union == planned
        ? Optional.empty()
        : Optional.of("the shares of %s add up to %d %s, planned are %d".formatted(context.point().id(), union, what,
            planned));
  }

  Duration lastIntended() {
    return Duration.ofNanos(any().lastIntendedNanos());
  }

  RunEvent.PointStarted started(Instant startsAt) {
    return new RunEvent.PointStarted(context.point(), context.deployment(), any().pointSize(), any().scheduleHash(),
        any().workloadHash(), any().cutToContext(), Map.copyOf(clocks), startsAt, lastIntended());
  }

  void seen(Map<String, Snapshot> byNode) {
    byNode.forEach(snapshots::offer);
  }

  void finished(String node, Snapshot last, GeneratorLoad load) {
    snapshots.offer(node, last);
    loads.put(node, load);
  }

  /** What a node sent around the measured requests. */
  void ceased(Unmeasured around) {
    unmeasured = unmeasured.plus(around);
  }

  /** The node's records have ended in order, before or after it said that its share is finished. */
  void received(String node, RecordIntake.Received received) {
    lastEndNanos = Math.max(lastEndNanos, received.lastEndNanos());
    recordsOf.put(node, received.records());
    if (!endsByTimeAlone()) {
      checkRecords(node, promises.get(node).shareSize());
    }
  }

  private void checkRecords(String node, long planned) {
    if (recordsOf.getOrDefault(node, planned) != planned) {
      note("%s: %d records arrived of %d requests".formatted(node, recordsOf.get(node), planned));
    }
  }

  /** A closed loop whose number of requests nobody knows before its nodes have finished. */
  private boolean endsByTimeAlone() {
    return context.point().load() instanceof Load.Concurrency
        && experiment.load().extent() instanceof Extent.Time;
  }

  void lost(String node, String reason) {
    if (!loads.containsKey(node) && lost.putIfAbsent(node, reason) == null) {
      snapshots.markLost(node);
      note("load node %s was lost: %s; its undecided requests count as lost".formatted(node, reason));
    }
  }

  Optional<String> anyLost() {
    return lost.entrySet().stream().map(node -> "load node %s was lost: %s".formatted(node.getKey(), node.getValue()))
        .findFirst();
  }

  void note(String reason) {
    notes.add(reason);
  }

  PointOutcome outcome() {
    List<PointOutcome.NodeOutcome> nodes = promises.keySet().stream().map(this::outcomeOf).toList();
    if (endsByTimeAlone()) {
      nodes.stream().filter(node -> node.load().isPresent())
          .forEach(node -> checkRecords(node.node(), node.last().counts().planned()));
    }
    List<String> invalid = new ArrayList<>(notes);
    Optional<KvTransfer> transfer = transfers.size() < 2
        ? Optional.empty()
        : Optional.of(KvTransfer.between(transfers.getFirst(), transfers.getLast()));
    Counts counts = PointOutcome.counts(nodes);
    // The engines have counted those around the measured requests too.
    transfer.ifPresent(counted -> invalid.addAll(counted.doubts(counts.completed() + unmeasured.completed(),
        exact(counts.promptTokens() + unmeasured.promptTokens()))));
    invalid.addAll(new ValidityCheck(experiment.validity(), experiment.slo()).reasons(nodes));
    return new PointOutcome(context.point(), context.deployment(), any().scheduleHash(), nodes, invalid, measured(),
        transfer.map(KvTransfer::figures).orElse(Map.of()), serverView, unmeasured);
  }

  /** Of prompts that are sent as words only the engine knows how many tokens they are: at least none. */
  private long exact(long promptTokens) {
    return experiment.workload().form() == PromptForm.TOKEN_IDS ? promptTokens : 0;
  }

  private PointOutcome.NodeOutcome outcomeOf(String node) {
    return new PointOutcome.NodeOutcome(node, snapshots.newest(node).orElseThrow(), clocks.get(node),
        Optional.ofNullable(loads.get(node)));
  }

  private Duration measured() {
    // Of a closed loop that ends by a number of requests only the server decides when that is.
    boolean known = experiment.load().offered(context.point().load()).isPresent();
    return Duration.ofNanos(known ? Math.max(lastEndNanos, any().lastIntendedNanos()) : lastEndNanos);
  }

  private LoadProtocol.Prepared any() {
    return promises.values().iterator().next();
  }
}
