package dev.attain.cluster;

import dev.attain.engines.Gpu;
import dev.attain.engines.InstanceRole;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Point;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What happens in a run, in order, for whoever shows or stores it. */
public sealed interface RunEvent {
  /** Load nodes are joining at {@code address}, {@code host:port}. */
  record NodesJoining(int joined, int expected, String address) implements RunEvent {}

  /** All load nodes take part; {@code facts} by node name. */
  record NodesReady(Map<String, NodeFacts> facts) implements RunEvent {}

  /** A deployment is brought up. */
  record Deploying(Deployment deployment) implements RunEvent {}

  /**
   * How far an instance is on its way up.
   *
   * @param gpus indices on its node, empty when it has none of its own
   * @param progress how far it is with the phase, empty when it does not tell
   * @param since the start of its present attempt
   */
  record EngineStart(String instance, List<Integer> gpus, String phase, String progress, boolean ready,
      Duration since) {
    public EngineStart {
      gpus = List.copyOf(gpus);
    }
  }

  /** Once a second while a deployment comes up: how far its instances are. */
  record EnginesStarting(List<EngineStart> engines) implements RunEvent {
    public EnginesStarting {
      engines = List.copyOf(engines);
    }
  }

  /** The GPUs of an engine node, as they are before instances are started there. */
  record GpusFound(String node, List<Gpu> gpus) implements RunEvent {
    public GpusFound {
      gpus = List.copyOf(gpus);
    }
  }

  /**
   * An instance serves.
   *
   * @param environment what it was given beside what its node has
   * @param gpus indices on its node, empty when it has none of its own
   * @param version of the engine, empty when it does not tell
   */
  record EngineUp(String deployment, String instance, InstanceRole role, String node, String baseUri,
      List<String> command, Map<String, String> environment, int tensorParallel, List<Integer> gpus, String version,
      long processId) implements RunEvent {
    public EngineUp {
      command = List.copyOf(command);
      environment = Collections.unmodifiableMap(new TreeMap<>(environment));
      gpus = List.copyOf(gpus);
    }
  }

  /** The router of a deployment serves. */
  record RouterUp(String deployment, String node, String baseUri, List<String> command,
      long processId) implements RunEvent {
    public RouterUp {
      command = List.copyOf(command);
    }
  }

  /** Requests that are not measured are being sent. */
  record WarmingUp(Deployment deployment) implements RunEvent {}

  /**
   * The measured window of a point begins at {@code startsAt}, after its lead-in; its last request is due at most {@code
   * lastIntended} later.
   *
   * @param planned 0 for a closed loop that ends by time, where nobody knows
   * @param scheduleHash empty for a closed loop, which has no schedule
   */
  record PointStarted(Point point, Deployment deployment, int planned, String scheduleHash, String workloadHash,
      int cutToContext, Map<String, ClockReading> clocks, Instant startsAt,
      Duration lastIntended) implements RunEvent {}

  /** Requests that have finished on a load node. */
  record RecordsArrived(Point point, String node, List<RequestRecord> records) implements RunEvent {}

  /** Once a second from the start of the measured window: how the point stands. */
  record Live(Point point, Duration elapsed, Snapshot total) implements RunEvent {}

  /** A point is over and judged. */
  record PointFinished(PointOutcome outcome) implements RunEvent {}

  /** A point will not be measured. */
  record PointSkipped(Point point, String reason) implements RunEvent {}

  /** Something a person should know. */
  record Noted(String sentence) implements RunEvent {}
}
