package dev.attain.engines;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits until an instance that was just started serves its model. */
public final class Readiness {
  private static final Duration POLL = Duration.ofMillis(100);
  /** SGLang's health check generates a token, which takes more than a second. */
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int SHOWN_LINES = 20;
  /** The tell-tale line may be followed by many others. */
  private static final int SEARCHED_LINES = 500;

  private Readiness() {}

  /**
   * Returns when the health address answers 200 and {@code /v1/models} names {@code servedModel}. Blocks, so give it a
   * thread; an interrupt ends the wait.
   *
   * @param id the instance's name in messages: "prefill-0"
   * @param process the instance; it is neither stopped nor changed here
   * @throws NotReadyException as soon as the process ends, or when {@code deadline} has passed
   */
  public static void await(String id, LaunchPlan plan, String servedModel, GuardedProcess process, Duration deadline)
      throws NotReadyException, InterruptedException {
    long start = System.nanoTime();
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
      } while (System.nanoTime() - start < deadline.toNanos());
    }
    String state = EngineLog.latest(process.lastLogLines(SEARCHED_LINES)).map(EngineState::describe)
        .map(said -> "; its log came as far as \"" + said + "\"").orElse("");
    throw new NotReadyException("%s was not ready within %s: %s%s; %s".formatted(id, Durations.inWords(deadline), last,
        state, logLines(process)));
  }

  /** What is still missing; empty when nothing is. */
  private static Optional<String> missing(Http http, LaunchPlan plan, String servedModel) throws InterruptedException {
    try {
      int status = http.get(plan.healthUri(), Optional.empty(), ANSWER).statusCode();
      if (status != 200) {
        return Optional.of("GET %s gives HTTP %d".formatted(plan.healthUri(), status));
      }
    } catch (IOException e) {
      return Optional.of("GET %s gives: %s".formatted(plan.healthUri(), e.getMessage()));
    }
    try {
      List<String> models = ServedModels.of(http, plan.baseUri(), Optional.empty(), ANSWER);
      return models.contains(servedModel)
          ? Optional.empty()
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
    return new NotReadyException("%s %s before it was ready; %s".formatted(id, how, logLines(process)));
  }

  private static String logLines(GuardedProcess process) {
    List<String> lines = process.lastLogLines(SHOWN_LINES);
    return lines.isEmpty()
        ? "its log %s is empty".formatted(process.logFile())
        : "the last lines of its log %s:\n    %s".formatted(process.logFile(), String.join("\n    ", lines));
  }
}
