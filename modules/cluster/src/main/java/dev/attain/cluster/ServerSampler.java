package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.attain.engines.EnginePage;
import dev.attain.engines.GpuFigures;
import dev.attain.measurement.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Looks at the engines while a point is measured: at once, then at every interval, and once more at the end. An instance
 * is never asked again before it has answered, so that a slow one is asked less often; what fails is a gap. Nothing here
 * delays or stops a point.
 */
final class ServerSampler extends AbstractOnMessageBehavior<ServerSampler.Command> {
  sealed interface Command {}

  /** The point is over: look once more, then tell. */
  enum Finish implements Command {
    INSTANCE
  }

  /** What GPUs of an engine node say. */
  record GpusSeen(String node, List<GpuFigures> figures) implements Command {}

  private enum Tick implements Command {
    INSTANCE
  }

  private enum Deadline implements Command {
    INSTANCE
  }

  private record PageRead(InstanceTrack track, EnginePage page, long nanos) implements Command {}

  private record PageNotRead(InstanceTrack track) implements Command {}

  /**
   * What to look at.
   *
   * @param readers of each instance, in the same order
   * @param originNanos the point's start in {@code clock}
   */
  record Setup(Duration interval, List<WatchedInstance> instances, List<PageReader> readers, NanoClock clock,
      long originNanos) {}

  /** Samples of one series; two hours at one a second, and of longer points evenly spaced ones. */
  private static final int MOST_SAMPLES = 7200;
  private static final Duration LAST_LOOK = Duration.ofSeconds(2);
  private static final double NANOS_PER_SECOND = 1e9;

  private record GpuKey(String node, int gpu, String instance) implements Comparable<GpuKey> {
    @Override
    public int compareTo(GpuKey other) {
      int byNode = node.compareTo(other.node);
      int byGpu = byNode != 0 ? byNode : Integer.compare(gpu, other.gpu);
      return byGpu != 0 ? byGpu : instance.compareTo(other.instance);
    }
  }

  private final TimerScheduler<Command> timers;
  private final Setup setup;
  private final ActorRef<ServerView> owner;
  private final List<InstanceTrack> tracks = new ArrayList<>();
  private final Map<GpuKey, ThinnedSeries<ServerView.Seen<GpuFigures>>> gpus = new TreeMap<>();
  private boolean finishing;

  /** @param owner is told the view once, soon after {@link Finish} */
  static Behavior<Command> create(Setup setup, ActorRef<ServerView> owner) {
    return Behaviors.setup(context -> Behaviors.withTimers(timers -> new ServerSampler(context, timers, setup, owner)));
  }

  private ServerSampler(ActorContext<Command> context, TimerScheduler<Command> timers, Setup setup,
      ActorRef<ServerView> owner) {
    super(context);
    this.timers = timers;
    this.setup = setup;
    this.owner = owner;
    for (int k = 0; k < setup.instances().size(); k++) {
      tracks.add(new InstanceTrack(setup.instances().get(k), setup.readers().get(k), MOST_SAMPLES));
    }
    lookAtAll();
    timers.startTimerAtFixedRate(Tick.INSTANCE, setup.interval());
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case Tick tick -> {
        lookAtAll();
        yield this;
      }
      case PageRead read -> {
        boolean last = finishing;
        read.track().seen(seconds(read.nanos()), read.page(), last);
        yield finishIfSeen();
      }
      case PageNotRead not -> {
        not.track().notSeen();
        yield finishIfSeen();
      }
      case GpusSeen seen -> onGpus(seen);
      case Finish finish -> onFinish();
      case Deadline deadline -> tell();
    };
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      setup.readers().forEach(PageReader::close);
    }
    return this;
  }

  private void lookAtAll() {
    tracks.stream().filter(InstanceTrack::begin).forEach(this::look);
  }

  private void look(InstanceTrack track) {
    getContext().pipeToSelf(track.reader().read(), (page, failure) -> failure == null
        ? new PageRead(track, page, setup.clock().nanos())
        : new PageNotRead(track));
  }

  private Behavior<Command> onGpus(GpusSeen seen) {
    double seconds = seconds(setup.clock().nanos());
    for (GpuFigures figures : seen.figures()) {
      gpus.computeIfAbsent(new GpuKey(seen.node(), figures.gpu(), figures.instance()),
          gpu -> new ThinnedSeries<>(MOST_SAMPLES)).add(new ServerView.Seen<>(seconds, figures));
    }
    return this;
  }

  private Behavior<Command> onFinish() {
    finishing = true;
    timers.cancel(Tick.INSTANCE);
    timers.startSingleTimer(Deadline.INSTANCE, LAST_LOOK);
    lookAtAll();
    return finishIfSeen();
  }

  private Behavior<Command> finishIfSeen() {
    return finishing && tracks.stream().noneMatch(InstanceTrack::underWay) ? tell() : this;
  }

  private Behavior<Command> tell() {
    List<ServerView.GpuView> seenGpus = new ArrayList<>();
    gpus.forEach((key, series) -> seenGpus
        .add(new ServerView.GpuView(key.node(), key.gpu(), key.instance(), series.values())));
    owner.tell(new ServerView(setup.interval(), tracks.stream().map(InstanceTrack::view).flatMap(Optional::stream)
        .toList(), seenGpus));
    return Behaviors.stopped();
  }

  private double seconds(long nanos) {
    return (nanos - setup.originNanos()) / NANOS_PER_SECOND;
  }
}
