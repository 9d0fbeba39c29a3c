package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import dev.attain.engines.EngineState;
import dev.attain.engines.GuardedProcess;
import dev.attain.engines.NotReadyException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * One engine instance from its start to its end; blocking work happens off the actor's thread. A process that ends
 * before it is ready is followed by another, as {@link InstanceStart} allows; one that was ready by none.
 */
final class Instance extends AbstractOnMessageBehavior<Instance.Command> {
  sealed interface Command {}

  /** Stop the process and then this actor. */
  enum Stop implements Command {
    INSTANCE
  }

  private record Launched(InstanceStart.Running running) implements Command {}

  private record LaunchFailed(Throwable cause) implements Command {}

  private record Reached(EngineState state) implements Command {}

  private record Ready(String version) implements Command {}

  private record NotReady(Throwable cause) implements Command {}

  private record Exited(long pid, int exitCode) implements Command {}

  private record Stopped(List<String> problems) implements Command {}

  /** The process of an attempt is gone, and what it had is free again. */
  private enum Cleared implements Command {
    INSTANCE
  }

  /** What the manager is told. */
  sealed interface Event {
    /** @param progress how far it is with the phase, empty when it does not tell */
    record State(String id, List<Integer> gpus, String phase, String progress) implements Event {}

    record Note(String sentence) implements Event {}

    record Up(InstanceStart.Running running, String version) implements Event {}

    record Down(String id, String reason) implements Event {}

    record WouldNotStop(String id, String problem) implements Event {}
  }

  private static final int LOG_LINES_SHOWN = 8;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final InstanceStart start;
  private final ActorRef<Event> manager;
  private final Executor blocking;
  private CompletableFuture<InstanceStart.Running> launching;
  private Optional<InstanceStart.Running> running = Optional.empty();
  private int attempt;
  private boolean ready;
  private boolean stopping;
  private boolean nothingToStop;

  static Behavior<Command> create(InstanceStart start, ActorRef<Event> manager) {
    return Behaviors.setup(context -> new Instance(context, start, manager));
  }

  private Instance(ActorContext<Command> context, InstanceStart start, ActorRef<Event> manager) {
    super(context);
    this.start = start;
    this.manager = manager;
    this.blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
    this.launching = launch();
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case Launched launched -> onLaunched(launched.running());
      case LaunchFailed failed -> onLaunchFailed(failed);
      case Reached reached -> onReached(reached.state());
      case Ready up -> onReady(up.version());
      case NotReady failed -> onNotReady(failed.cause());
      case Exited exited -> onExited(exited);
      case Cleared cleared -> onCleared();
      case Stop stop -> onStop();
      case Stopped stopped -> gone(stopped.problems());
    };
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      // Also a process that is just being started.
      if (!nothingToStop) {
        launching.thenAccept(last -> last.process().close());
      }
    }
    return this;
  }

  private CompletableFuture<InstanceStart.Running> launch() {
    attempt++;
    int number = attempt;
    manager.tell(new Event.State(start.id(), start.gpuIndices(), EngineProtocol.InstanceState.STARTING, ""));
    CompletableFuture<InstanceStart.Running> started = CompletableFuture.supplyAsync(() -> start.launch(number),
        blocking);
    getContext().pipeToSelf(started,
        (launched, failure) -> failure == null ? new Launched(launched) : new LaunchFailed(failure));
    return started;
  }

  private Behavior<Command> onLaunched(InstanceStart.Running launched) {
    running = Optional.of(launched);
    GuardedProcess process = launched.process();
    getContext().pipeToSelf(process.exited(),
        (code, failure) -> new Exited(process.pid(), failure == null ? code : -1));
    if (stopping) {
      return stopNow(process);
    }
    ActorRef<Command> self = getContext().getSelf();
    getContext().pipeToSelf(
        CompletableFuture.supplyAsync(() -> start.awaitReady(launched, state -> self.tell(new Reached(state))),
            blocking),
        (version, failure) -> failure == null ? new Ready(version) : new NotReady(failure));
    return this;
  }

  private Behavior<Command> onLaunchFailed(LaunchFailed failed) {
    nothingToStop = true;
    return stopping ? gone(List.of()) : onDown("could not start: " + Reasons.of(failed.cause()));
  }

  private Behavior<Command> onReached(EngineState state) {
    manager.tell(new Event.State(start.id(), start.gpuIndices(), state.phase(), state.progress()));
    return this;
  }

  private Behavior<Command> onReady(String version) {
    ready = true;
    running.ifPresent(up -> manager.tell(new Event.Up(up, version)));
    // It may have ended between its last answer and now.
    running.flatMap(up -> up.process().exitCode().stream().boxed().findFirst()).ifPresent(this::lost);
    return this;
  }

  private Behavior<Command> onNotReady(Throwable cause) {
    if (stopping || !mayPass(cause) || attempt >= start.attempts() || start.timeLeft().isNegative()) {
      return onDown(Reasons.of(cause));
    }
    manager.tell(new Event.Note("%s; it is started again, attempt %d of %d".formatted(
        Reasons.of(cause).lines().findFirst().orElse("").replaceFirst("the last lines of (its log .*):$", "see $1"),
        attempt + 1, start.attempts())));
    running.ifPresent(ended -> getContext().pipeToSelf(
        CompletableFuture.runAsync(() -> start.clear(ended.process(), GRACE), blocking),
        (done, failure) -> Cleared.INSTANCE));
    return this;
  }

  private static boolean mayPass(Throwable cause) {
    Throwable root = cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
    return root.getCause() instanceof NotReadyException failed && failed.why() == NotReadyException.Cause.MAY_PASS;
  }

  private Behavior<Command> onCleared() {
    if (!stopping) {
      running = Optional.empty();
      launching = launch();
    }
    return this;
  }

  /** One that ends before it is ready is reported by whoever waits for it, with the cause. */
  private Behavior<Command> onExited(Exited exited) {
    if (ready && running.filter(up -> up.process().pid() == exited.pid()).isPresent()) {
      lost(exited.exitCode());
    }
    return this;
  }

  private void lost(int exitCode) {
    onDown(GuardedProcess.endInWords(exitCode) + lastLines());
  }

  private Behavior<Command> onDown(String reason) {
    if (!stopping) {
      manager.tell(new Event.Down(start.id(), reason));
    }
    return this;
  }

  private Behavior<Command> onStop() {
    if (stopping) {
      return this;
    }
    stopping = true;
    if (nothingToStop) {
      return gone(List.of());
    }
    return running.map(up -> stopNow(up.process())).orElse(this);
  }

  private Behavior<Command> stopNow(GuardedProcess process) {
    getContext().pipeToSelf(CompletableFuture.supplyAsync(() -> start.stop(process, GRACE), blocking),
        (problems, failure) -> new Stopped(failure == null ? problems : List.of(Reasons.of(failure))));
    return this;
  }

  private Behavior<Command> gone(List<String> problems) {
    nothingToStop = true;
    problems.forEach(problem -> manager.tell(new Event.WouldNotStop(start.id(), problem)));
    return Behaviors.stopped();
  }

  private String lastLines() {
    List<String> lines = running.map(up -> up.process().lastLogLines(LOG_LINES_SHOWN)).orElse(List.of());
    return lines.isEmpty() ? "" : "; last lines of its log:\n  " + String.join("\n  ", lines);
  }
}
