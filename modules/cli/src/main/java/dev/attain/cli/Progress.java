package dev.attain.cli;

import dev.attain.cluster.RunEvent;
import dev.attain.cluster.RunObserver;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.DurationWords;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.Loop;
import dev.attain.experiment.Point;
import dev.attain.measurement.Counts;
import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.Percentiles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Shows a run while it happens: what is being waited for, and a line a second for the current point. On a terminal that
 * line is rewritten in place; elsewhere it is repeated every few seconds.
 */
final class Progress implements RunObserver {
  private static final Duration REPEAT_WHEN_NOT_INTERACTIVE = Duration.ofSeconds(5);

  private final Experiment experiment;
  private final Terminal terminal;
  private final StatusLine status;
  private final TimeLeft timeLeft;
  private final List<String> engines = new ArrayList<>();
  private final EngineStarts engineStarts = new EngineStarts();
  private final String loads;
  private final Function<Point, Optional<String>> remark;
  private Duration lastShown = Duration.ZERO;
  private int planned;

  Progress(Experiment experiment, Terminal terminal) {
    this(experiment, terminal, loads(experiment.load().loop()), new TimeLeft(experiment), point -> Optional.empty());
  }

  /**
   * @param loads which they are, in words
   * @param remark what is to be said when a point starts
   */
  Progress(Experiment experiment, Terminal terminal, String loads, TimeLeft timeLeft,
      Function<Point, Optional<String>> remark) {
    this.experiment = experiment;
    this.terminal = terminal;
    this.status = new StatusLine(terminal);
    this.loads = loads;
    this.timeLeft = timeLeft;
    this.remark = remark;
  }

  /** Says at once what is going to happen. */
  void greet() {
    status.say("attain %s: %s on %s; %s; target %.4g %% within TTFT %s and TPOT %s".formatted(ToolVersion.NUMBER,
        experiment.name(), experiment.workload().description(),
        experiment.deployments().stream().map(Deployment::name).collect(Collectors.joining(" and "))
            + " " + loads,
        100 * experiment.target(), millis(experiment.slo().ttft()), millis(experiment.slo().tpot())));
    status.say("%s %d load node%s; about %s".formatted(experiment.nodes().spawnLocally() ? "starting" : "waiting for",
        experiment.nodes().load(), experiment.nodes().load() == 1 ? "" : "s", timeLeft.describe(Instant.now())));
  }

  private static String loads(Loop loop) {
    return switch (loop) {
      case Loop.Open open ->
        "at " + open.rates().stream().map(Progress::number).collect(Collectors.joining(", ")) + " requests/s";
      case Loop.Closed closed ->
        "with " + closed.concurrency().stream().map(String::valueOf).collect(Collectors.joining(", "))
            + " users (closed loop: the server sets the pace)";
    };
  }

  @Override
  public void on(RunEvent event) {
    switch (event) {
      case RunEvent.NodesJoining joining ->
        status.update("nodes: %d of %d load nodes joined%s".formatted(joining.joined(),
            joining.expected(), howToJoin(joining)));
      case RunEvent.NodesReady ready -> status.say("nodes: " + ready.facts().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(node -> node.getKey() + " (pid " + node.getValue().processId() + " on " + node.getValue().host() + ")")
          .collect(Collectors.joining(", ")));
      case RunEvent.Deploying deploying -> {
        engines.clear();
        engineStarts.reset();
        status.update("engines: bringing up " + deploying.deployment().name());
      }
      case RunEvent.EnginesStarting starting -> {
        if (engineStarts.news(starting.engines()) || terminal.interactive()) {
          status.update("engines: " + EngineStarts.line(starting.engines()));
        }
      }
      case RunEvent.EngineUp up -> engines.add(up.instance());
      case RunEvent.RouterUp up -> engines.add("router");
      case RunEvent.WarmingUp warming -> {
        timeLeft.deploymentUp();
        status.say("engines: " + warming.deployment().name() + " is up"
            + (engines.isEmpty() ? "" : ": " + String.join(", ", engines)));
        status.update("warming up " + warming.deployment().name());
      }
      case RunEvent.PointStarted started -> start(started);
      case RunEvent.Live live -> live(live);
      case RunEvent.PointFinished finished -> finish(finished);
      case RunEvent.PointSkipped skipped -> {
        timeLeft.pointOver(Instant.now());
        status.say("%s: not measured: %s".formatted(skipped.point().id(), firstLine(skipped.reason())));
      }
      case RunEvent.Noted noted -> status.say("note: " + noted.sentence());
      case RunEvent.RecordsArrived other -> {}
      case RunEvent.GpusFound other -> {}
    }
  }

  /** A line that stays. */
  void say(String line) {
    status.say(line);
  }

  /** Leaves the terminal on a fresh line. */
  void end() {
    status.leave();
  }

  private String howToJoin(RunEvent.NodesJoining joining) {
    return experiment.nodes().spawnLocally() || joining.joined() == joining.expected()
        ? ""
        : "; start each with: attain node --role load --join " + joining.address();
  }

  private void start(RunEvent.PointStarted started) {
    planned = started.planned();
    lastShown = Duration.ZERO;
    timeLeft.pointStarted(started.startsAt());
    remark.apply(started.point()).ifPresent(status::say);
    if (started.cutToContext() > 0) {
      status.say("note: %s requests were shortened to the model's context of %d tokens".formatted(
          planned == 0 ? "some" : started.cutToContext() + " of " + planned,
          experiment.model().limits().contextTokens()));
    }
    Duration leadIn = experiment.load().lead().in();
    if (!leadIn.isZero()) {
      status.update("%s  lead-in of %s  %s left".formatted(started.point().id(),
          leadIn.toSeconds() == 0 ? millis(leadIn) : DurationWords.of(leadIn), timeLeft.describe(Instant.now())));
    }
  }

  private void live(RunEvent.Live live) {
    if (terminal.interactive() || live.elapsed().minus(lastShown).compareTo(REPEAT_WHEN_NOT_INTERACTIVE) >= 0) {
      lastShown = live.elapsed();
      status.update("%s  %s  %s left".formatted(live.point().id(), state(live.total().counts(),
          Percentiles.ofMicros(live.total().latencies().of(LatencyMetric.TTFT)),
          Percentiles.ofMicros(live.total().latencies().of(LatencyMetric.TPOT))), timeLeft.describe(Instant.now())));
    }
  }

  private String state(Counts counts, Percentiles ttft, Percentiles tpot) {
    return String.format(Locale.ROOT,
        "sent %d%s, in flight %d, done %d, failed %d | TTFT p50 %.0f p99 %.0f ms | TPOT p50 %.1f p99 %.1f ms | %s",
        counts.sent(), planned == 0 ? "" : " of " + planned, counts.inFlight(), counts.completed(),
        counts.failed() + counts.timedOut(),
        1e3 * ttft.p50(), 1e3 * ttft.p99(), 1e3 * tpot.p50(), 1e3 * tpot.p99(), attained(counts));
  }

  private static String attained(Counts counts) {
    return counts.ended() == 0
        ? "attained -"
        : String.format(Locale.ROOT, "attained %.1f %%", 100.0 * counts.metBoth() / counts.ended());
  }

  private void finish(RunEvent.PointFinished finished) {
    timeLeft.pointOver(Instant.now());
    var outcome = finished.outcome();
    Counts counts = outcome.counts();
    status.say("%s  %s%s".formatted(outcome.point().id(),
        state(counts, Percentiles.ofMicros(outcome.latencies().of(LatencyMetric.TTFT)),
            Percentiles.ofMicros(outcome.latencies().of(LatencyMetric.TPOT))),
        outcome.invalidReasons().isEmpty() ? "" : "  INVALID: " + firstLine(outcome.invalidReasons().getFirst())));
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String millis(Duration duration) {
    return number(duration.toNanos() / 1e6) + " ms";
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
