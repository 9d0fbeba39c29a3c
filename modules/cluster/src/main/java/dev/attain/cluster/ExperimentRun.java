package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import dev.attain.engines.GuardedProcess;
import dev.attain.engines.SelfCommand;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.Nodes;
import dev.attain.measurement.NanoClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One execution of an experiment on this node as its coordinator: starts the cluster, the load nodes if they are to be
 * started here, and the coordinator; ends when nothing of the run is left. Thread-safe.
 */
public final class ExperimentRun implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final int LOG_LINES_SHOWN = 8;

  private final ActorSystem<Void> system;
  private final List<GuardedProcess> loadProcesses = new ArrayList<>();
  private final CompletableFuture<RunEnd> result;
  private final CompletableFuture<ActorRef<Coordinator.Command>> coordinator;

  private ExperimentRun(ActorSystem<Void> system, CompletableFuture<RunEnd> result,
      CompletableFuture<ActorRef<Coordinator.Command>> coordinator) {
    this.system = system;
    this.result = result;
    this.coordinator = coordinator;
  }

  /**
   * Starts the run; everything after that is told to the observer.
   *
   * @param points which are measured
   * @param logs an existing folder for the logs of engines and load nodes on this machine
   * @throws IOException when a load node's process cannot be started, with one sentence
   */
  public static ExperimentRun start(Experiment experiment, SelfCommand self, Path logs, PointSource points,
      RunObserver observer) throws IOException {
    Nodes nodes = experiment.nodes();
    CompletableFuture<RunEnd> result = new CompletableFuture<>();
    CompletableFuture<ActorRef<Coordinator.Command>> coordinator = new CompletableFuture<>();
    RunContext context = new RunContext(UUID.randomUUID().toString().substring(0, 8), experiment);
    ActorSystem<Void> system = NodeSystem.start(
        guardian(context, self, logs, points, RunObserver.serialised(observer), result, coordinator),
        List.of(NodeRole.COORDINATOR, NodeRole.ENGINE), nodes.bindHost(), nodes.bindPort(), Optional.empty());
    // However this node ends, nobody may wait for ever; whoever ended the run in order has said so before.
    system.getWhenTerminated().thenRun(() -> result.complete(
        new RunEnd.BrokenOff("the coordinator's cluster node ended before the run did; its log says why")));
    ExperimentRun run = new ExperimentRun(system, result, coordinator);
    if (nodes.spawnLocally()) {
      try {
        run.spawnLoadNodes(nodes, self, logs);
      } catch (IOException e) {
        run.close();
        throw e;
      }
    }
    return run;
  }

  /** Waits for the end of the run. */
  public RunEnd awaitEnd() throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      return new RunEnd.BrokenOff(Reasons.of(e));
    }
  }

  /** Asks the run to end early and waits for that, at most for the given time. */
  public void interrupt(Duration patience) {
    coordinator.thenAccept(actor -> actor.tell(Coordinator.Interrupt.INSTANCE));
    try {
      result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      system.log().warn("the run did not end in order: {}", Reasons.of(e));
    }
  }

  /** Stops what is left: the cluster, and load nodes that did not leave by themselves. */
  @Override
  public void close() {
    // The others end by themselves once the coordinator has left the cluster.
    system.terminate();
    try {
      system.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      system.log().warn("the coordinator's cluster node did not end in order: {}", Reasons.of(e));
    } finally {
      loadProcesses.forEach(process -> process.stop(GRACE));
    }
  }

  private static Behavior<Void> guardian(RunContext context, SelfCommand self, Path logs, PointSource points,
      RunObserver observer, CompletableFuture<RunEnd> result,
      CompletableFuture<ActorRef<Coordinator.Command>> coordinator) {
    return Behaviors.setup(actor -> {
      Cluster cluster = Cluster.get(actor.getSystem());
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
      actor.spawn(InstanceManager.create(context.experiment().nodes().bindHost(), self), "instance-manager");
      ActorRef<Coordinator.Command> run = actor.spawn(
          Coordinator.create(context, points, observer, NanoClock.system(), logs.toString(), result), "coordinator");
      actor.watch(run);
      coordinator.complete(run);
      return Behaviors.receive(Void.class).onSignal(Terminated.class, ended -> Behaviors.stopped()).build();
    });
  }

  private void spawnLoadNodes(Nodes nodes, SelfCommand self, Path logs) throws IOException {
    String address = NodeSystem.hostAndPort(system);
    for (int k = 1; k <= nodes.load(); k++) {
      String name = "load node process " + k;
      GuardedProcess process = GuardedProcess.start(
          self.command(nodes.heapBytes(),
              List.of("node", "--once", "--role", "load", "--bind", nodes.bindHost(), "--join", address)),
          Map.of(), logs.resolve("load-node-" + k + ".log"));
      loadProcesses.add(process);
      process.exited().thenAccept(code -> coordinator.thenAccept(actor -> actor.tell(new Coordinator.LoadProcessEnded(
          name + " ended with code " + code + " before the load nodes had gathered; last lines of its log:\n  "
              + String.join("\n  ", process.lastLogLines(LOG_LINES_SHOWN))))));
    }
  }
}
