package dev.attain.results;

import dev.attain.results.PlanSummary.ExcludedDeployment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code plan.csv}: one row for each deployment; seconds and requests per second. Those excluded have only a note. */
final class PlanTable {
  private static final String HEADER = "rank,deployment,shape,gpus,max_rate,max_rate_low,max_rate_high,"
      + "max_rate_per_gpu,max_rate_per_gpu_low,max_rate_per_gpu_high,like_the_best,binding,ttft_p50,ttft_p90,"
      + "ttft_p99,tpot_p50,tpot_p90,tpot_p99,notes\n";
  private static final int FIGURES = 14;

  private PlanTable() {}

  static String of(PlanSummary plan) {
    var text = new StringBuilder(HEADER);
    plan.ranking().forEach(ranked -> text.append(row(ranked)));
    plan.excluded().forEach(excluded -> text.append(row(excluded)));
    return text.toString();
  }

  private static String row(RankedDeployment it) {
    return line(List.of(it.rank(), quoted(it.deployment().name()), quoted(it.deployment().shape()),
        it.deployment().gpus(), it.maxRate().mean(), it.maxRate().low(), it.maxRate().high(),
        it.maxRatePerGpu().mean(), it.maxRatePerGpu().low(), it.maxRatePerGpu().high(), it.likeTheBest(),
        it.binding(), it.ttft().p50(), it.ttft().p90(), it.ttft().p99(), it.tpot().p50(), it.tpot().p90(),
        it.tpot().p99(), quoted(String.join("; ", it.notes()))));
  }

  private static String row(ExcludedDeployment it) {
    var cells = new ArrayList<Object>(List.of("", quoted(it.deployment().name()), quoted(it.deployment().shape()),
        it.deployment().gpus()));
    for (int figure = 0; figure < FIGURES; figure++) {
      cells.add("");
    }
    cells.add(quoted(it.reason()));
    return line(cells);
  }

  private static String line(List<?> cells) {
    return cells.stream().map(String::valueOf).collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9_.-]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
