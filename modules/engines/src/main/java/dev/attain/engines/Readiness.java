package dev.attain.engines;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Waits until an instance that was just started serves its model. */
public final class Readiness {
  private static final Duration POLL = Duration.ofMillis(100);
  /** SGLang's health check generates a token, which takes more than a second. */
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int SHOWN_LINES = 20;
  /** The cause of a failure may be followed by the traces of every process that dies of it. */
  private static final int SEARCHED_LINES = 2_000;
  private static final Duration SIDE_CHANNEL_ANSWER = Duration.ofSeconds(2);

  private Readiness() {}

  /**
   * Returns when the health address answers 200, {@code /v1/models} names {@code servedModel}, and the side channel
   * listens, if there is one. Blocks, so give it a thread; an interrupt ends the wait.
   *
   * @param id the instance's name in messages: "prefill-0"
   * @param servedModel empty for a router, of which only its health is asked
   * @param process the instance; it is neither stopped nor changed here
   * @param progress told from this thread whenever the log tells of another state
   * @throws NotReadyException as soon as the process ends, or when {@code deadline} has passed
   */
  public static void await(String id, LaunchPlan plan, Optional<String> servedModel, GuardedProcess process,
      Duration deadline, Consumer<EngineState> progress) throws NotReadyException, InterruptedException {
    long start = System.nanoTime();
    LogFollower log = process.followLog();
    Optional<EngineState> state = Optional.empty();
    String last;
    try (Http http = new Http()) {
      do {
        Optional<String> missing = missing(http, plan, servedModel);
        if (missing.isEmpty() && process.alive()) {
          return;
        }
        last = missing.orElse("the process has just ended");
        if (endsWithinPoll(process)) {
          throw ended(id, process);
        }
        Optional<EngineState> now = log.latest();
        if (!now.equals(state)) {
          state = now;
          now.ifPresent(progress);
        }
      } while (System.nanoTime() - start < deadline.toNanos());
    }
    String reached = state.map(said -> "; its log came as far as \"" + said.describe() + "\"").orElse("");
    throw new NotReadyException("%s was not ready within %s: %s%s; %s".formatted(id, Durations.inWords(deadline), last,
        reached, logLines(process)), NotReadyException.Cause.TOO_LATE);
  }

  /** What is still missing; empty when nothing is. */
  private static Optional<String> missing(Http http, LaunchPlan plan, Optional<String> servedModel)
      throws InterruptedException {
    try {
      int status = http.get(plan.healthUri(), Optional.empty(), ANSWER).statusCode();
      if (status != 200) {
        return Optional.of("GET %s gives HTTP %d".formatted(plan.healthUri(), status));
      }
    } catch (IOException e) {
      return Optional.of("GET %s gives: %s".formatted(plan.healthUri(), e.getMessage()));
    }
    return servedModel.isPresent() ? missing(http, plan, servedModel.get()) : Optional.empty();
  }

  private static Optional<String> missing(Http http, LaunchPlan plan, String servedModel) throws InterruptedException {
    try {
      List<String> models = ServedModels.of(http, plan.baseUri(), Optional.empty(), ANSWER);
      return models.contains(servedModel)
          ? plan.sideChannel().flatMap(channel -> channel.missing(SIDE_CHANNEL_ANSWER))
          : Optional.of("it serves the models %s and not %s".formatted(models, servedModel));
    } catch (IOException e) {
      return Optional.of("GET %s gives: %s".formatted(ServedModels.modelsUri(plan.baseUri()), e.getMessage()));
    }
  }

  private static boolean endsWithinPoll(GuardedProcess process) throws InterruptedException {
    try {
      process.exited().get(POLL.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException running) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static NotReadyException ended(String id, GuardedProcess process) {
    String how = GuardedProcess.endInWords(process.exitCode().orElseThrow());
    Optional<StartFailure> known = StartFailure.in(process.lastLogLines(SEARCHED_LINES));
    boolean passing = known.map(StartFailure::mayPass).orElse(true);
    String ended = "%s %s before it was ready".formatted(id, how);
    return new NotReadyException(
        known.map(failure -> "%s (%s); %s".formatted(failure.sentence(), ended, logLines(process)))
            .orElseGet(() -> ended + "; " + logLines(process)),
        passing ? NotReadyException.Cause.MAY_PASS : NotReadyException.Cause.PERMANENT);
  }

  private static String logLines(GuardedProcess process) {
    List<String> lines = process.lastLogLines(SHOWN_LINES);
    return lines.isEmpty()
        ? "its log %s is empty".formatted(process.logFile())
        : "the last lines of its log %s:\n    %s".formatted(process.logFile(), String.join("\n    ", lines));
  }
}
