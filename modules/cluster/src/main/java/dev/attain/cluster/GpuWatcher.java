package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.attain.engines.GpuFigures;
import dev.attain.engines.GpuMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Tells the coordinator how the GPUs of one engine node are while engines run on them. Where nvidia-smi cannot be started
 * or ends, nothing is told: a measurement does not depend on it.
 */
final class GpuWatcher extends AbstractOnMessageBehavior<GpuWatcher.Command> {
  sealed interface Command {}

  private record Started(Optional<GpuMonitor> monitor) implements Command {}

  private record Read(List<GpuFigures> figures) implements Command {}

  private record Failed(Throwable cause) implements Command {}

  private enum Look implements Command {
    INSTANCE
  }

  /**
   * What to watch.
   *
   * @param instances whom each GPU was given to
   * @param log where nvidia-smi writes to
   */
  record Setup(Duration interval, Map<Integer, String> instances, Path log, ActorRef<EngineProtocol.Reply> listener) {}

  private final Setup setup;
  private final TimerScheduler<Command> timers;
  private final Executor blocking;
  private final CompletableFuture<Optional<GpuMonitor>> starting;

  static Behavior<Command> create(Setup setup) {
    return Behaviors.setup(context -> Behaviors.withTimers(timers -> new GpuWatcher(context, timers, setup)));
  }

  private GpuWatcher(ActorContext<Command> context, TimerScheduler<Command> timers, Setup setup) {
    super(context);
    this.setup = setup;
    this.timers = timers;
    this.blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
    this.starting = CompletableFuture.supplyAsync(this::start, blocking);
    context.pipeToSelf(starting, (monitor, failure) -> failure == null ? new Started(monitor) : new Failed(failure));
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case Started started -> started.monitor().isPresent() ? lookAgain() : Behaviors.stopped();
      case Look look -> {
        getContext().pipeToSelf(starting.thenApplyAsync(GpuWatcher::figures, blocking),
            (figures, failure) -> failure == null ? new Read(figures) : new Failed(failure));
        yield this;
      }
      case Read read -> {
        if (!read.figures().isEmpty()) {
          setup.listener().tell(new EngineProtocol.GpusSeen(getContext().getSystem().address().toString(),
              read.figures()));
        }
        yield lookAgain();
      }
      case Failed failed -> {
        getContext().getLog().warn("GPUs are not watched: {}", Reasons.of(failed.cause()));
        yield Behaviors.stopped();
      }
    };
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      starting.thenAcceptAsync(monitor -> monitor.ifPresent(GpuMonitor::close), blocking);
    }
    return this;
  }

  /** Twice in an interval, so that what was said is not much older than that when it arrives. */
  private Behavior<Command> lookAgain() {
    timers.startSingleTimer(Look.INSTANCE, setup.interval().dividedBy(2));
    return this;
  }

  private Optional<GpuMonitor> start() {
    try {
      return GpuMonitor.start(setup.interval(), setup.instances(), setup.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static List<GpuFigures> figures(Optional<GpuMonitor> monitor) {
    try {
      List<GpuFigures> figures = monitor.isPresent() ? monitor.get().newFigures() : List.of();
      if (figures.isEmpty() && monitor.filter(GpuMonitor::alive).isEmpty()) {
        throw new IOException("nvidia-smi has ended");
      }
      return figures;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
