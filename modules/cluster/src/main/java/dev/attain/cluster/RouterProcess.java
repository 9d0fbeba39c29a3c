package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import dev.attain.engines.GuardedProcess;
import dev.attain.engines.LaunchPlan;
import dev.attain.engines.NotReadyException;
import dev.attain.engines.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The router of a deployment, a process on the coordinator's machine, from its start to its end. */
final class RouterProcess extends AbstractOnMessageBehavior<RouterProcess.Command> {
  /** What a router is called where instances have names. */
  static final String ID = "router";

  sealed interface Command {}

  /** Stop the process and then this actor. */
  enum Stop implements Command {
    INSTANCE
  }

  private record Launched(GuardedProcess process) implements Command {}

  private record Failed(Throwable cause) implements Command {}

  private enum Ready implements Command {
    INSTANCE
  }

  private record Exited(int exitCode) implements Command {}

  private enum Stopped implements Command {
    INSTANCE
  }

  /** What its owner hears. */
  sealed interface Event {}

  record Up(LaunchPlan plan, long processId) implements Event {}

  /** It did not come up, or was up and is gone. */
  record Down(String reason) implements Event {}

  private static final int LOG_LINES_SHOWN = 8;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final LaunchPlan plan;
  private final Path log;
  private final Duration deadline;
  private final ActorRef<Event> owner;
  private final Executor blocking;
  private final CompletableFuture<GuardedProcess> launching;
  private Optional<GuardedProcess> process = Optional.empty();
  private boolean ready;
  private boolean stopping;

  static Behavior<Command> create(LaunchPlan plan, Path log, Duration deadline, ActorRef<Event> owner) {
    return Behaviors.setup(context -> new RouterProcess(context, plan, log, deadline, owner));
  }

  private RouterProcess(ActorContext<Command> context, LaunchPlan plan, Path log, Duration deadline,
      ActorRef<Event> owner) {
    super(context);
    this.plan = plan;
    this.log = log;
    this.deadline = deadline;
    this.owner = owner;
    this.blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
    this.launching = CompletableFuture.supplyAsync(this::launch, blocking);
    context.pipeToSelf(launching,
        (launched, failure) -> failure == null ? new Launched(launched) : new Failed(failure));
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case Launched launched -> onLaunched(launched.process());
      case Failed failed -> onFailed(failed.cause());
      case Ready up -> onReady();
      case Exited exited -> onExited(exited.exitCode());
      case Stop stop -> onStop();
      case Stopped stopped -> Behaviors.stopped();
    };
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      launching.thenAccept(GuardedProcess::close);
    }
    return this;
  }

  private GuardedProcess launch() {
    try {
      return GuardedProcess.start(plan.command(), plan.environment(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private void awaitReady(GuardedProcess launched) {
    try {
      Readiness.await(ID, plan, Optional.empty(), launched, deadline, state -> {});
    } catch (NotReadyException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the wait for the router was interrupted", e);
    }
  }

  private Behavior<Command> onLaunched(GuardedProcess launched) {
    process = Optional.of(launched);
    if (stopping) {
      return stopNow(launched);
    }
    getContext().pipeToSelf(launched.exited(), (code, failure) -> new Exited(failure == null ? code : -1));
    getContext().pipeToSelf(CompletableFuture.runAsync(() -> awaitReady(launched), blocking),
        (done, failure) -> failure == null ? Ready.INSTANCE : new Failed(failure));
    return this;
  }

  private Behavior<Command> onFailed(Throwable cause) {
    if (stopping) {
      return process.isPresent() ? this : Behaviors.stopped();
    }
    owner.tell(new Down(process.isPresent() ? Reasons.of(cause) : "could not start: " + Reasons.of(cause)));
    return this;
  }

  private Behavior<Command> onReady() {
    ready = true;
    process.ifPresent(running -> {
      owner.tell(new Up(plan, running.pid()));
      // It may have ended between its last answer and now.
      running.exitCode().ifPresent(this::lost);
    });
    return this;
  }

  /** One that ends before it is ready is reported by whoever waits for it. */
  private Behavior<Command> onExited(int exitCode) {
    if (ready && !stopping) {
      lost(exitCode);
    }
    return this;
  }

  private void lost(int exitCode) {
    owner.tell(new Down(GuardedProcess.endInWords(exitCode) + "; last lines of its log:\n  " + String.join("\n  ",
        process.orElseThrow().lastLogLines(LOG_LINES_SHOWN))));
  }

  private Behavior<Command> onStop() {
    if (stopping) {
      return this;
    }
    stopping = true;
    if (launching.isCompletedExceptionally()) {
      return Behaviors.stopped();
    }
    return process.map(this::stopNow).orElse(this);
  }

  private Behavior<Command> stopNow(GuardedProcess running) {
    getContext().pipeToSelf(CompletableFuture.runAsync(() -> running.stop(GRACE), blocking),
        (done, failure) -> Stopped.INSTANCE);
    return this;
  }
}
