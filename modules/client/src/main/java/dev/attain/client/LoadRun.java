package dev.attain.client;

import dev.attain.measurement.Collector;
import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Recorder;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Slo;
import dev.attain.measurement.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One node's share of a point under way. Once started it needs nobody: requests leave when the schedule or, in a closed
 * loop, their user wants it, and each of them ends in exactly one outcome, whatever happens.
 *
 * <p>{@link #snapshot} is for one calling thread, and so is {@link #takeFinished}; the other methods are for any thread.
 */
public abstract sealed class LoadRun permits OpenLoop, ClosedLoop {
  private static final long METER_LEAD_NANOS = 20_000_000;

  private final NanoClock clock;
  private final ConnectionsAhead connectionsAhead;
  private final List<Lane> lanes;
  private final Collector collector;
  private final ShortageCount shortages = new ShortageCount();
  private final LoadMeter meter;
  private final CountDownLatch allDecided = new CountDownLatch(1);
  private volatile boolean silent;
  private volatile Optional<String> stopReason = Optional.empty();
  private volatile long originNanos;
  private boolean started;

  /** Where a run takes place. */
  record Place(List<ClientLoop> loops, List<WatchedThread> loopThreads, Lane.Route route, ClientSettings settings,
      Slo slo,
      NanoClock clock) {}

  LoadRun(Place place) {
    this.clock = place.clock();
    this.connectionsAhead = place.settings().connectionsAhead();
    List<Recorder> recorders = Stream.generate(() -> new Recorder(place.slo())).limit(place.loops().size()).toList();
    this.collector = new Collector(recorders, this::planned);
    List<Lane> perLoop = new ArrayList<>();
    for (int at = 0; at < place.loops().size(); at++) {
      perLoop.add(new Lane(this, place.loops().get(at), recorders.get(at), place.route()));
    }
    this.lanes = List.copyOf(perLoop);
    this.meter = new LoadMeter(clock, place.loops().stream().map(ClientLoop::eventLoop).toList(),
        place.loopThreads(), shortages);
    Patience patience = Patience.of(place.settings());
    lanes.forEach(lane -> lane.watch(patience));
  }

  /** How many requests are measured; in a closed loop that ends by time, how many of it have begun. */
  abstract long planned();

  /** When requests are due for which no earlier one leaves a connection, as far as that is planned; ascending. */
  abstract long[] firstDueNanos();

  /** Whether the end of one request makes another leave, so that it must be noticed at once. */
  abstract boolean endsBeginOthers();

  /** On the pacer's thread, from the origin on: sends what is due, until nothing is left to do for this thread. */
  abstract void release(Pacer pacer) throws InterruptedException;

  /** On the pacer's thread, when it ends: whatever it should have sent and has not is left out for this reason. */
  abstract void pacerEnds(String reason);

  /** From any thread, once: no more requests are to be sent, for this reason. */
  abstract void sendingStopped(String reason, boolean pacerRuns);

  /** From any thread, before {@link #sendingStopped}: what is still waiting to be sent has had its time. */
  abstract void waitingGivenUp(String reason);

  /** On a lane's loop: a measured request has its outcome, and its record can be taken. */
  abstract void decided();

  /** On a lane's loop: a request that is not measured has ended, or will not be sent. */
  abstract void passed();

  /** On the lane's loop, after {@link #decided} or {@link #passed}: a request of it that was sent is no longer in flight. */
  abstract void concluded(Lane lane, RequestRecord request);

  /**
   * Starts the pacer and returns at once. Call it some milliseconds before the origin; a later start makes the first
   * requests late, which {@link GeneratorLoad#startLatenessNanos} tells.
   *
   * @param originNanos the start of the point, an instant of this node's {@link NanoClock}
   * @throws IllegalStateException when it has been started before
   */
  public final synchronized void start(long originNanos) {
    if (started) {
      throw new IllegalStateException("a run can be started only once");
    }
    if (stopReason.isEmpty()) {
      this.originNanos = originNanos;
      started = true;
      int ahead = connectionsAhead.forEachLoop(firstDueNanos(), lanes.size());
      boolean promptly = endsBeginOthers();
      lanes.forEach(lane -> {
        lane.keepConnectionsAhead(ahead);
        lane.promptly(promptly);
      });
      Thread.ofPlatform().daemon().name("attain-pacer").start(this::pace);
    }
  }

  /** Cumulative and numbered. */
  public final Snapshot snapshot() {
    return collector.snapshot();
  }

  /** Records of requests that ended since the last call, in no particular order. */
  public final List<RequestRecord> takeFinished() {
    List<RequestRecord> records = new ArrayList<>();
    lanes.forEach(lane -> lane.takeFinished(records));
    return records;
  }

  /** Everything that has not been sent becomes unsent, for this reason; what is open goes on. */
  public final synchronized void stopSending(String reason) {
    if (stopReason.isEmpty()) {
      stopReason = Optional.of(reason);
      sendingStopped(reason, started);
    }
  }

  /**
   * Stops sending too; what is open, and what waited because as many requests as may be were in flight, is given up as
   * timed out, for this reason, and its connections are closed.
   */
  public final void abandonInFlight(String reason) {
    if (hasStarted()) {
      waitingGivenUp(reason);
    }
    stopSending(reason);
    lanes.forEach(lane -> lane.abandon(reason));
  }

  /** Whether every measured request has an outcome; then {@link #takeFinished} and {@link #snapshot} have all. */
  public final boolean finished() {
    return allDecided.getCount() == 0;
  }

  /** Whether also no other request of the share is open or to be sent. */
  public final boolean silent() {
    return silent;
  }

  /** What kept the load up around the measured requests so far. */
  public final Unmeasured unmeasured() {
    return lanes.stream().map(Lane::unmeasured).reduce(Unmeasured.NONE, Unmeasured::plus);
  }

  /** Waits until {@link #finished}, at most {@code limit}; false when the limit was reached first. */
  public final boolean awaitFinished(Duration limit) throws InterruptedException {
    return allDecided.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** What this run has cost so far. */
  public final GeneratorLoad load() {
    return meter.load(lanes.stream().mapToLong(Lane::tokenEvents).sum());
  }

  private void pace() {
    try {
      Pacer pacer = new Pacer(clock, () -> stopReason.isPresent());
      long[] due = firstDueNanos();
      long startNanos = originNanos + (due.length == 0 ? 0 : Math.min(0, due[0]));
      pacer.await(startNanos - METER_LEAD_NANOS);
      meter.begin();
      pacer.await(startNanos);
      meter.started(clock.nanos() - startNanos);
      release(pacer);
    } catch (InterruptedException e) {
      stopReason = Optional.of("the pacer was interrupted");
    } finally {
      meter.pacerEnds();
      pacerEnds(stopReason.orElse("the pacer ended early"));
    }
  }

  private synchronized boolean hasStarted() {
    return started;
  }

  /** From a lane: this node itself could not open a connection. */
  final void ranShort(Shortage shortage, String sentence) {
    shortages.add(shortage, sentence);
  }

  /** Nothing measured is left to be decided. */
  final void end() {
    try {
      meter.end();
    } finally {
      allDecided.countDown();
    }
  }

  /** Nothing is open any more, nor will be. */
  final void fallSilent() {
    lanes.forEach(lane -> {
      lane.keepConnectionsAhead(0);
      lane.stopWatching();
    });
    silent = true;
  }

  final Optional<String> stopReason() {
    return stopReason;
  }

  final List<Lane> lanes() {
    return lanes;
  }

  final long originNanos() {
    return originNanos;
  }

  /** Nanoseconds from the origin. */
  final long sinceOrigin() {
    return clock.nanos() - originNanos;
  }
}
