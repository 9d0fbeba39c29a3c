package dev.attain.cli;

import dev.attain.measurement.Verdict;
import dev.attain.report.PlanReports;
import dev.attain.report.Reports;
import dev.attain.results.Bundle;
import dev.attain.results.PlanSummary;

/** What a terminal shows of a bundle: the table of verdicts or of ranks, then the sentences. */
final class BundleOnScreen {
  private BundleOnScreen() {}

  /** Sentences about what is missing come too when no point was finished, and so there is no table. */
  static void show(Bundle bundle, Terminal terminal) {
    if (!bundle.summaries().isEmpty()) {
      terminal.out().println(Reports.consoleTable(bundle, terminal.colour()));
    }
    bundle.summaries().stream().filter(summary -> summary.verdict() == Verdict.INVALID).forEach(
        summary -> terminal.out().println(summary.point() + " is INVALID: " + String.join("; ", summary.reasons())));
    Reports.sentences(bundle).forEach(terminal.out()::println);
    Reports.warnings(bundle).forEach(warning -> terminal.out().println("note: " + warning));
  }

  static void show(PlanSummary plan, Terminal terminal) {
    if (!plan.ranking().isEmpty()) {
      terminal.out().println(PlanReports.consoleTable(plan));
    }
    plan.excluded().forEach(excluded -> terminal.out()
        .println(excluded.deployment().name() + " cannot exist: " + excluded.reason()));
    PlanReports.sentences(plan).forEach(terminal.out()::println);
  }
}
