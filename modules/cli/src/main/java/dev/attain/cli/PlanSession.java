package dev.attain.cli;

import dev.attain.experiment.Planning;
import dev.attain.measurement.NanoClock;
import dev.attain.planner.Planner;
import dev.attain.report.PlanReports;
import dev.attain.results.PlanBundleWriter;
import dev.attain.results.PlanSummary;
import dev.attain.results.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** One {@code attain plan}: from a read configuration to a finished bundle, report and exit code. */
final class PlanSession {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Planning planning;
  private final Path results;
  private final List<String> commandLine;
  private final Terminal terminal;
  private final NanoClock clock = NanoClock.system();

  PlanSession(Planning planning, Path results, List<String> commandLine, Terminal terminal) {
    this.planning = planning;
    this.results = results;
    this.commandLine = commandLine;
    this.terminal = terminal;
  }

  ExitCode run() {
    try {
      return planned();
    } catch (IOException e) {
      terminal.progress().println("attain: " + e.getMessage());
      return ExitCode.COULD_NOT_START;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private ExitCode planned() throws IOException, InterruptedException {
    int threads = Runtime.getRuntime().availableProcessors();
    StatusLine status = new StatusLine(terminal);
    status.say("attain %s: plan %s: %d deployments, %d seeds of %d requests at each rate, %d at a time".formatted(
        ToolVersion.NUMBER, planning.name(), planning.deployments().size(), planning.search().seeds(),
        planning.search().requests(), threads));
    PlanBundleWriter bundle = PlanBundleWriter.create(results, planning, Instant.now(),
        new Provenance(ToolVersion.NUMBER, ToolVersion.gitHash(), commandLine));
    long started = clock.nanos();
    PlanSummary plan = computed(bundle, threads, status, started);
    bundle.complete(plan);
    PlanReports.write(bundle.folder(), planning.name(), plan);
    BundleOnScreen.show(plan, terminal);
    terminal.progress().println("planned in " + seconds(started) + " s");
    terminal.out().println("report: " + bundle.folder().resolve("report.html"));
    terminal.out().println("bundle: " + bundle.folder());
    return plan.ranking().isEmpty() ? ExitCode.COULD_NOT_START : ExitCode.SUCCESS;
  }

  private PlanSummary computed(PlanBundleWriter bundle, int threads, StatusLine status, long started)
      throws InterruptedException {
    Thread whenInterrupted = new Thread(() -> interrupted(bundle), "interrupt");
    Runtime.getRuntime().addShutdownHook(whenInterrupted);
    try {
      return Planner.plan(planning, threads, (what, done, total) -> {
        if (terminal.interactive() || done == total || done % Math.max(1, total / 8) == 0) {
          status.update("%d of %d %s, %s s".formatted(done, total, what, seconds(started)));
        }
      });
    } finally {
      status.end();
      try {
        Runtime.getRuntime().removeShutdownHook(whenInterrupted);
      } catch (IllegalStateException e) {
        // The JVM is going down already, and the hook says so.
      }
    }
  }

  /** Runs while the JVM is going down, which stops the work and gives the exit code. */
  private void interrupted(PlanBundleWriter bundle) {
    terminal.progress().println();
    terminal.progress().println("attain: interrupted");
    try {
      bundle.incomplete("the plan was interrupted");
    } catch (IOException e) {
      terminal.progress().println("attain: the bundle could not be closed in order: " + e.getMessage());
    }
  }

  private String seconds(long started) {
    return String.format(Locale.ROOT, "%.1f", (clock.nanos() - started) / NANOS_PER_SECOND);
  }
}
