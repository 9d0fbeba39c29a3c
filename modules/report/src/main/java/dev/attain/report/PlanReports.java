package dev.attain.report;

import dev.attain.results.PlanSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Everything that is made from a plan for people. */
public final class PlanReports {
  private PlanReports() {}

  /**
   * Writes every view of a plan, replacing older ones: {@code report.html}, {@code report.md}, {@code plan.csv} and {@code
   * plots/}.
   *
   * @throws IOException when the folder cannot be written
   */
  public static void write(Path folder, String name, PlanSummary plan) throws IOException {
    Reports.writePage(folder, "attain plan: " + name, PlanPage.of(plan));
    Reports.replace(folder.resolve("plan.csv"), plan.table());
  }

  /** The ranking for a terminal, in aligned columns, each line with its end. */
  public static String consoleTable(PlanSummary plan) {
    return ConsoleTable.of(PlanPage.table(plan), false);
  }

  /** What the plan found, in sentences; the first says that it is a simulation. */
  public static List<String> sentences(PlanSummary plan) {
    return PlanPage.sentences(plan);
  }
}
