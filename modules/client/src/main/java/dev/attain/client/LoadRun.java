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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * One node's share of a point under way. Once started it needs nobody: requests leave at their intended instants, and
 * each of them ends in exactly one outcome, whatever happens.
 *
 * <p>{@link #snapshot} is for one calling thread, and so is {@link #takeFinished}; the other methods are for any thread.
 */
public final class LoadRun {
  private static final long METER_LEAD_NANOS = 20_000_000;
  private static final long PREPARATION_POLL_MILLIS = 20;

  private final Share share;
  private final NanoClock clock;
  private final int hardStopInFlight;
  private final List<Lane> lanes;
  private final Collector collector;
  private final RequestPreparation preparation;
  private final LoadMeter meter;
  private final AtomicInteger undecided;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final CountDownLatch allDecided = new CountDownLatch(1);
  private volatile Optional<String> stopReason = Optional.empty();
  private volatile long originNanos;
  private boolean started;

  /** Bodies are prepared from now on. */
  LoadRun(Share share, List<ClientLoop> loops, List<Long> loopThreads, Lane.Route route, ClientSettings settings,
      Slo slo, NanoClock clock) {
    this.share = share;
    this.clock = clock;
    this.hardStopInFlight = settings.hardStopInFlight();
    this.undecided = new AtomicInteger(share.size());
    List<Recorder> recorders = Stream.generate(() -> new Recorder(slo)).limit(loops.size()).toList();
    this.collector = new Collector(recorders, share.size());
    List<Lane> perLoop = new ArrayList<>();
    for (int at = 0; at < loops.size(); at++) {
      perLoop.add(new Lane(this, loops.get(at), recorders.get(at), route));
    }
    this.lanes = List.copyOf(perLoop);
    this.meter = new LoadMeter(clock, loopThreads);
    this.preparation = new RequestPreparation(share.size(), share::request, share::body);
    Patience patience = Patience.of(settings);
    lanes.forEach(lane -> lane.watch(patience));
    if (share.size() == 0) {
      end();
    }
  }

  /**
   * Starts the pacer and returns at once. Call it some milliseconds before the origin; a later start makes the first
   * requests late, which {@link GeneratorLoad#startLatenessNanos} tells.
   *
   * @param originNanos the start of the point, an instant of this node's {@link NanoClock}
   * @throws IllegalStateException when it has been started before
   */
  public synchronized void start(long originNanos) {
    if (started) {
      throw new IllegalStateException("a run can be started only once");
    }
    if (stopReason.isEmpty()) {
      this.originNanos = originNanos;
      started = true;
      Thread.ofPlatform().daemon().name("attain-pacer").start(this::pace);
    }
  }

  /** Cumulative and numbered. */
  public Snapshot snapshot() {
    return collector.snapshot();
  }

  /** Records of requests that ended since the last call, in no particular order. */
  public List<RequestRecord> takeFinished() {
    List<RequestRecord> records = new ArrayList<>();
    lanes.forEach(lane -> lane.takeFinished(records));
    return records;
  }

  /** Everything that has not been sent becomes unsent, for this reason; what is open goes on. */
  public synchronized void stopSending(String reason) {
    if (stopReason.isPresent()) {
      return;
    }
    stopReason = Optional.of(reason);
    preparation.stop();
    if (!started) {
      leaveUnsent(0, reason);
    }
  }

  /** Stops sending too; what is open is given up as timed out, for this reason, and its connections are closed. */
  public void abandonInFlight(String reason) {
    stopSending(reason);
    lanes.forEach(lane -> lane.abandon(reason));
  }

  /** Whether every request of the share has an outcome; then {@link #takeFinished} and {@link #snapshot} have all. */
  public boolean finished() {
    return undecided.get() == 0;
  }

  /** Waits until {@link #finished}, at most {@code limit}; false when the limit was reached first. */
  public boolean awaitFinished(Duration limit) throws InterruptedException {
    return allDecided.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** What this run has cost so far. */
  public GeneratorLoad load() {
    return meter.load(lanes.stream().mapToLong(Lane::tokenEvents).sum());
  }

  private void pace() {
    int position = 0;
    try {
      Pacer pacer = new Pacer(clock, () -> stopReason.isPresent());
      pacer.await(originNanos - METER_LEAD_NANOS);
      meter.begin();
      pacer.await(originNanos);
      meter.started(clock.nanos() - originNanos);
      Optional<PreparedRequest> next = prepared(position);
      while (next.isPresent() && pacer.await(originNanos + next.get().planned().intendedNanos())) {
        depart(next.get());
        position++;
        next = prepared(position);
      }
    } catch (InterruptedException e) {
      stopReason = Optional.of("the pacer was interrupted");
    } finally {
      meter.pacerEnds();
      leaveUnsent(position, stopReason.orElse("the pacer ended early"));
    }
  }

  /** The request at this position, however late it becomes ready; empty after the last or when sending stops. */
  private Optional<PreparedRequest> prepared(int position) throws InterruptedException {
    Optional<PreparedRequest> next = Optional.empty();
    while (next.isEmpty() && position < share.size() && stopReason.isEmpty()) {
      next = preparation.next(PREPARATION_POLL_MILLIS);
    }
    return next;
  }

  private void depart(PreparedRequest request) {
    PlannedRequest planned = request.planned();
    Lane lane = lanes.get(planned.position() % lanes.size());
    if (request.body().isEmpty()) {
      lane.leaveUnsent(planned, request.problem());
    } else if (inFlight.incrementAndGet() > hardStopInFlight) {
      inFlight.decrementAndGet();
      lane.leaveUnsent(planned, "hard stop: " + hardStopInFlight + " requests in flight when it was due");
    } else {
      lane.depart(planned, request.body().get());
    }
  }

  private void leaveUnsent(int firstPosition, String reason) {
    int end = share.size();
    for (int position = firstPosition; position < Math.min(end, firstPosition + lanes.size()); position++) {
      lanes.get(position % lanes.size()).leaveUnsent(share::request, position, end, lanes.size(), reason);
    }
  }

  /** From a lane: a request that was handed over is no longer in flight. */
  void landed() {
    inFlight.decrementAndGet();
  }

  /** From a lane: a request has its outcome, and its record can be taken. */
  void decided() {
    if (undecided.decrementAndGet() == 0) {
      end();
    }
  }

  long originNanos() {
    return originNanos;
  }

  private void end() {
    meter.end();
    preparation.stop();
    lanes.forEach(Lane::stopWatching);
    allDecided.countDown();
  }
}
