package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import dev.attain.engines.EngineVersion;
import dev.attain.engines.GuardedProcess;
import dev.attain.engines.InstanceSpec;
import dev.attain.engines.LaunchPlan;
import dev.attain.engines.NotReadyException;
import dev.attain.engines.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** One engine process from its start to its end; blocking work happens off the actor's thread. */
final class Instance extends AbstractOnMessageBehavior<Instance.Command> {
  sealed interface Command {}

  /** Stop the process and then this actor. */
  enum Stop implements Command {
    INSTANCE
  }

  private record Launched(GuardedProcess process) implements Command {}

  private record LaunchFailed(Throwable cause) implements Command {}

  private record Ready(String version) implements Command {}

  private record NotReady(Throwable cause) implements Command {}

  private record Exited(int exitCode) implements Command {}

  private record Stopped(Optional<String> problem) implements Command {}

  /** What the manager is told. */
  sealed interface Event {
    record State(String id, String state) implements Event {}

    record Up(InstanceSpec spec, LaunchPlan plan, String version, long pid) implements Event {}

    record Down(String id, String reason) implements Event {}

    record WouldNotStop(String id, String problem) implements Event {}
  }

  private static final int LOG_LINES_SHOWN = 8;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final InstanceSpec spec;
  private final LaunchPlan plan;
  private final Path logFile;
  private final Duration deadline;
  private final ActorRef<Event> manager;
  private final Executor blocking;
  private final CompletableFuture<GuardedProcess> launching;
  private Optional<GuardedProcess> process = Optional.empty();
  private boolean stopping;
  private boolean nothingToStop;

  static Behavior<Command> create(InstanceSpec spec, LaunchPlan plan, Path logFile, Duration deadline,
      ActorRef<Event> manager) {
    return Behaviors.setup(context -> new Instance(context, spec, plan, logFile, deadline, manager));
  }

  private Instance(ActorContext<Command> context, InstanceSpec spec, LaunchPlan plan, Path logFile, Duration deadline,
      ActorRef<Event> manager) {
    super(context);
    this.spec = spec;
    this.plan = plan;
    this.logFile = logFile;
    this.deadline = deadline;
    this.manager = manager;
    this.blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
    manager.tell(new Event.State(spec.id(), "starting"));
    this.launching = CompletableFuture.supplyAsync(this::launch, blocking);
    context.pipeToSelf(launching,
        (launched, failure) -> failure == null ? new Launched(launched) : new LaunchFailed(failure));
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case Launched launched -> onLaunched(launched.process());
      case LaunchFailed failed -> onLaunchFailed(failed);
      case Ready ready -> onReady(ready.version());
      case NotReady failed -> onDown(Reasons.of(failed.cause()));
      case Exited exited -> onExited(exited);
      case Stop stop -> onStop();
      case Stopped stopped -> gone(stopped.problem());
    };
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      // Also a process that is just being started.
      if (!nothingToStop) {
        launching.thenAccept(GuardedProcess::close);
      }
    }
    return this;
  }

  private GuardedProcess launch() {
    try {
      return GuardedProcess.start(plan.command(), plan.environment(), logFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** The version of what is then ready. */
  private String awaitReady(GuardedProcess launched) {
    try {
      Readiness.await(spec.id(), plan, spec.model().name(), launched, deadline);
      return EngineVersion.of(plan);
    } catch (NotReadyException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(spec.id() + ": the wait for it was interrupted", e);
    }
  }

  private Behavior<Command> onLaunched(GuardedProcess launched) {
    process = Optional.of(launched);
    getContext().pipeToSelf(launched.exited(), (code, failure) -> new Exited(failure == null ? code : -1));
    if (stopping) {
      return stopNow(launched);
    }
    getContext().pipeToSelf(CompletableFuture.supplyAsync(() -> awaitReady(launched), blocking),
        (version, failure) -> failure == null ? new Ready(version) : new NotReady(failure));
    return this;
  }

  private Behavior<Command> onLaunchFailed(LaunchFailed failed) {
    nothingToStop = true;
    return stopping ? gone(Optional.empty()) : onDown("could not start: " + Reasons.of(failed.cause()));
  }

  private Behavior<Command> onReady(String version) {
    process.ifPresent(running -> manager.tell(new Event.Up(spec, plan, version, running.pid())));
    return this;
  }

  private Behavior<Command> onExited(Exited exited) {
    return onDown(GuardedProcess.endInWords(exited.exitCode()) + lastLines());
  }

  private Behavior<Command> onDown(String reason) {
    if (!stopping) {
      manager.tell(new Event.Down(spec.id(), reason));
    }
    return this;
  }

  private Behavior<Command> onStop() {
    if (stopping) {
      return this;
    }
    stopping = true;
    if (nothingToStop) {
      return gone(Optional.empty());
    }
    return process.map(this::stopNow).orElse(this);
  }

  private Behavior<Command> stopNow(GuardedProcess running) {
    getContext().pipeToSelf(CompletableFuture.runAsync(() -> running.stop(GRACE), blocking),
        (done, failure) -> new Stopped(Optional.ofNullable(failure).map(Reasons::of)));
    return this;
  }

  private Behavior<Command> gone(Optional<String> problem) {
    nothingToStop = true;
    problem.ifPresent(text -> manager.tell(new Event.WouldNotStop(spec.id(), text)));
    return Behaviors.stopped();
  }

  private String lastLines() {
    List<String> lines = process.map(running -> running.lastLogLines(LOG_LINES_SHOWN)).orElse(List.of());
    return lines.isEmpty() ? "" : "; last lines of its log:\n  " + String.join("\n  ", lines);
  }
}
