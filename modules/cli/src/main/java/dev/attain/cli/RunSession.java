package dev.attain.cli;

import dev.attain.cluster.ExperimentRun;
import dev.attain.cluster.RunEnd;
import dev.attain.engines.Ports;
import dev.attain.engines.SelfCommand;
import dev.attain.experiment.Assertion;
import dev.attain.experiment.Experiment;
import dev.attain.report.Reports;
import dev.attain.results.AssertionFacts;
import dev.attain.results.Bundle;
import dev.attain.results.BundleException;
import dev.attain.results.BundleWriter;
import dev.attain.results.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One {@code attain run} or {@code attain find-rate}: from a read configuration to a finished bundle, report and exit code. */
final class RunSession {
  private static final Duration PATIENCE_WHEN_INTERRUPTED = Duration.ofSeconds(20);

  private final Experiment configured;
  private final Course course;
  private final Path results;
  private final List<String> commandLine;
  private final Terminal terminal;
  private final boolean allowUndecided;
  private final CountDownLatch over = new CountDownLatch(1);

  /** @param allowUndecided whether assertions that cannot be decided count as held */
  RunSession(Experiment configured, Course course, Path results, List<String> commandLine, Terminal terminal,
      boolean allowUndecided) {
    this.configured = configured;
    this.course = course;
    this.results = results;
    this.commandLine = commandLine;
    this.terminal = terminal;
    this.allowUndecided = allowUndecided;
  }

  ExitCode run() {
    try {
      return measured();
    } catch (IOException e) {
      terminal.progress().println("attain: " + e.getMessage());
      return ExitCode.COULD_NOT_START;
    } finally {
      over.countDown();
    }
  }

  private ExitCode measured() throws IOException {
    Progress progress = course.greeted(terminal);
    Experiment experiment = Endpoints.resolve(configured);
    Ports.requireFree(experiment.nodes().bindHost(), experiment.nodes().bindPort(), "the coordinator");
    try (BundleWriter bundle = course.bundle(results, experiment, provenance())) {
      Logs.toFile(bundle.logs().resolve("coordinator.log"));
      BundleKeeper keeper = new BundleKeeper(experiment, bundle, summary -> course.judged(summary, bundle));
      RunEnd end = execute(experiment, bundle, keeper, progress);
      Logs.toNowhere();
      progress.end();
      course.over(bundle);
      return conclude(bundle, keeper, end);
    }
  }

  private RunEnd execute(Experiment experiment, BundleWriter bundle, BundleKeeper keeper, Progress progress) {
    try (ExperimentRun run = ExperimentRun.start(experiment, SelfCommand.ofThisJvm(), bundle.logs(),
        course.points(), event -> {
          keeper.on(event);
          progress.on(event);
        })) {
      Thread whenInterrupted = new Thread(() -> interrupt(run), "interrupt");
      Runtime.getRuntime().addShutdownHook(whenInterrupted);
      RunEnd end = run.awaitEnd();
      try {
        Runtime.getRuntime().removeShutdownHook(whenInterrupted);
      } catch (IllegalStateException e) {
        // The JVM is going down already: the hook is what brought us here.
      }
      return end;
    } catch (IOException e) {
      return new RunEnd.CouldNotStart(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new RunEnd.Interrupted();
    }
  }

  /** Runs while the JVM is going down; it waits for this thread, which waits for the bundle to be closed. */
  private void interrupt(ExperimentRun run) {
    terminal.progress().println();
    terminal.progress().println("attain: interrupted; stopping load and engines, keeping what was measured");
    run.interrupt(PATIENCE_WHEN_INTERRUPTED);
    try {
      if (!over.await(PATIENCE_WHEN_INTERRUPTED.toSeconds(), TimeUnit.SECONDS)) {
        terminal.progress().println("attain: the bundle could not be closed in order");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ExitCode conclude(BundleWriter writer, BundleKeeper keeper, RunEnd end) throws IOException {
    List<AssertionFacts> assertions = check(writer);
    ExitCode code = switch (end) {
      case RunEnd.Completed completed when !course.valid(keeper) -> ExitCode.INVALID;
      case RunEnd.Completed completed -> assertions.stream().allMatch(this::holds)
          ? ExitCode.SUCCESS
          : ExitCode.ASSERTION_FAILED;
      case RunEnd.CouldNotStart failed -> incomplete(writer, failed.reason(), ExitCode.COULD_NOT_START);
      case RunEnd.BrokenOff broken -> incomplete(writer, broken.reason(), ExitCode.INVALID);
      case RunEnd.Interrupted interrupted -> incomplete(writer, "the run was interrupted", ExitCode.INTERRUPTED);
    };
    if (end instanceof RunEnd.Completed) {
      writer.complete();
    }
    try {
      Bundle bundle = Bundle.open(writer.folder());
      Reports.write(bundle);
      if (!bundle.summaries().isEmpty()) {
        BundleOnScreen.show(bundle, terminal);
      }
      assertions.forEach(it -> terminal.out()
          .println("assertion " + it.outcome() + ": " + it.statement() + " (" + it.detail() + ")"));
    } catch (BundleException e) {
      terminal.progress().println("attain: no report: " + e.getMessage());
    }
    terminal.out().println("report: " + writer.folder().resolve("report.html"));
    terminal.out().println("bundle: " + writer.folder());
    return code;
  }

  private List<AssertionFacts> check(BundleWriter writer) throws IOException {
    List<Assertion> assertions = configured.assertions();
    if (assertions.isEmpty()) {
      return List.of();
    }
    List<AssertionFacts> facts;
    try {
      facts = Reports.assertions(Bundle.open(writer.folder()), assertions);
    } catch (BundleException e) {
      throw new IOException("assertions could not be checked: " + e.getMessage(), e);
    }
    writer.recordAssertions(facts);
    return facts;
  }

  private boolean holds(AssertionFacts assertion) {
    return switch (assertion.outcome()) {
      case HOLDS -> true;
      case FAILS -> false;
      case UNDECIDED -> allowUndecided;
    };
  }

  private ExitCode incomplete(BundleWriter writer, String why, ExitCode code) throws IOException {
    writer.incomplete(why);
    terminal.progress().println("attain: " + why);
    return code;
  }

  private Provenance provenance() {
    return new Provenance(ToolVersion.NUMBER, ToolVersion.gitHash(), commandLine);
  }
}
