package dev.attain.cluster;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.ClusterEvent;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.SelfRemoved;
import akka.cluster.typed.Subscribe;
import dev.attain.engines.SelfCommand;
import dev.attain.measurement.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A node that serves one run that is coordinated elsewhere: sends load, starts engines, or both. */
public final class AttainNode implements AutoCloseable {
  private static final Duration FAREWELL = Duration.ofSeconds(20);

  private final ActorSystem<Void> system;

  private AttainNode(ActorSystem<Void> system) {
    this.system = system;
  }

  /**
   * Starts the node and lets it join.
   *
   * @param host the address this node binds and is known by
   * @param port 0 for any free port
   * @param coordinator {@code host:port} of the coordinator
   * @param self how to start this application again, for engines of its own
   */
  public static AttainNode join(List<NodeRole> roles, String host, int port, String coordinator, SelfCommand self) {
    return new AttainNode(NodeSystem.start(guardian(roles, host, self), roles, host, port, Optional.of(coordinator)));
  }

  /** Waits until the node is done: its coordinator has left or never came, its lease has ended, or it was closed. */
  public void awaitEnd() throws InterruptedException {
    try {
      system.getWhenTerminated().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the node ended badly: " + Reasons.of(e), e);
    }
  }

  @Override
  public void close() {
    system.terminate();
    try {
      system.getWhenTerminated().toCompletableFuture().get(FAREWELL.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      system.log().warn("the node did not leave in order: {}", Reasons.of(e));
    }
  }

  /** The node lives as long as its coordinator is a member, unless its own load generator or membership ends before. */
  private static Behavior<Void> guardian(List<NodeRole> roles, String host, SelfCommand self) {
    return Behaviors.<Object>setup(context -> {
      Cluster cluster = Cluster.get(context.getSystem());
      cluster.subscriptions().tell(new Subscribe<>(context.getSelf().narrow(), SelfRemoved.class));
      cluster.subscriptions().tell(new Subscribe<>(context.getSelf().narrow(), ClusterEvent.MemberRemoved.class));
      if (roles.contains(NodeRole.LOAD)) {
        context.watch(context.spawn(LoadGenerator.create(NanoClock.system()), "load-generator"));
      }
      if (roles.contains(NodeRole.ENGINE)) {
        context.spawn(Behaviors.supervise(InstanceManager.create(host, self)).onFailure(SupervisorStrategy.stop()),
            "instance-manager");
      }
      return Behaviors.receive(Object.class)
          .onMessage(SelfRemoved.class, removed -> Behaviors.stopped())
          .onMessage(ClusterEvent.MemberRemoved.class,
              removed -> removed.member().hasRole(NodeRole.COORDINATOR.lowerName())
                  ? Behaviors.stopped()
                  : Behaviors.same())
          .onSignal(Terminated.class, terminated -> Behaviors.stopped())
          .build();
    }).narrow();
  }
}
