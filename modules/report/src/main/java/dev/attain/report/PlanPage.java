package dev.attain.report;

import dev.attain.results.PlanSummary;
import dev.attain.results.RankedDeployment;
import dev.attain.results.RankedDeployment.LatencyQuantiles;
import dev.attain.results.RankedDeployment.RateEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a plan says: its sentences, its table, and its page as blocks. */
final class PlanPage {
  private static final int NAMED = 5;

  private PlanPage() {}

  static List<Block> of(PlanSummary plan) {
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Lead(sentences(plan)));
    blocks.add(new Block.Text(method(plan)));
    blocks.add(new Block.Charts(List.of(PlanFigures.ranking(plan), PlanFigures.attainment(plan))));
    blocks.add(new Block.Heading("Ranking"));
    blocks.add(new Block.Rows(table(plan)));
    if (!plan.excluded().isEmpty()) {
      var table = Table.titled("deployment", "why it cannot exist");
      plan.excluded().forEach(excluded -> table.row(excluded.deployment().name(), excluded.reason()));
      blocks.add(new Block.Heading("Cannot exist"));
      blocks.add(new Block.Rows(table.build()));
    }
    blocks.add(new Block.Folded("Engines", List.of(new Block.Code(engines(plan)))));
    return blocks;
  }

  static List<String> sentences(PlanSummary plan) {
    var sentences = new ArrayList<String>();
    sentences
        .add(("This is a simulation, nothing was measured: %s on %s in virtual time, with the simulator's cost model"
            + " of vLLM. Intervals say how much arrivals and requests vary, not how well the model knows the engines.")
            .formatted(plan.model(), plan.gpu()));
    if (plan.ranking().isEmpty()) {
      sentences.add("No deployment can exist.");
      return sentences;
    }
    RankedDeployment best = plan.ranking().getFirst();
    if (best.maxRate().mean() == 0) {
      sentences.add("No deployment meets the objectives at any rate.");
      return sentences;
    }
    sentences.add("%s (%s) serves most: %s requests/s per GPU.".formatted(best.deployment().name(),
        best.deployment().shape(), rate(best.maxRatePerGpu())));
    var like = plan.ranking().stream().skip(1).filter(RankedDeployment::likeTheBest)
        .map(ranked -> ranked.deployment().name()).toList();
    if (!like.isEmpty()) {
      sentences.add("Cannot be told apart from it, because the intervals overlap: "
          + like.stream().limit(NAMED).collect(Collectors.joining(", "))
          + (like.size() > NAMED ? " and " + (like.size() - NAMED) + " more." : "."));
    }
    return sentences;
  }

  static Table table(PlanSummary plan) {
    var table = Table.titled("#", "deployment", "#GPUs", "#max rate", "#per GPU", "[95 %]", "binds", "#TTFT p50",
        "#p90", "#TPOT p50", "#p90 ", "notes");
    for (RankedDeployment it : plan.ranking()) {
      var perGpu = it.maxRatePerGpu();
      table.row((it.likeTheBest() ? "=" : "") + it.rank(), it.deployment().name(), it.deployment().gpus(),
          Numbers.twoDecimals(it.maxRate().mean()), Numbers.twoDecimals(perGpu.mean()),
          "[" + Numbers.twoDecimals(perGpu.low()) + ", " + Numbers.twoDecimals(perGpu.high()) + "]",
          it.binding(), Numbers.seconds(it.ttft().p50()), Numbers.seconds(it.ttft().p90()), millis(it.tpot(), 0),
          millis(it.tpot(), 1), String.join("; ", it.notes()));
    }
    return table.build();
  }

  /** {@code 18.4 [17.9, 19.1]}. */
  static String rate(RateEstimate estimate) {
    return Numbers.plain(estimate.mean()) + " [" + Numbers.plain(estimate.low()) + ", " + Numbers.plain(estimate.high())
        + "]";
  }

  private static String millis(LatencyQuantiles quantiles, int which) {
    return Numbers.seconds(which == 0 ? quantiles.p50() : quantiles.p90());
  }

  private static String method(PlanSummary plan) {
    return ("Objectives: %s %% of requests within TTFT %s and TPOT %s. Workload: %s; arrivals: %s. Each rate is one run of"
        + " %d requests from cold engines, and holds when the target is reached by all of them and by their second half"
        + " alone; the highest rate is bisected to %s %%. The estimate is the mean over %d seeds, the same for all"
        + " deployments, with Student's 95 %% interval, widened upwards by one step of the rates; = marks those whose"
        + " interval overlaps the first one's.").formatted(Numbers.plain(100 * plan.objectives().target()),
            Numbers.seconds(plan.objectives().ttft()), Numbers.seconds(plan.objectives().tpot()), plan.workload(),
            plan.arrivals(), plan.requests(), Numbers.plain(100 * plan.resolution()), plan.seeds());
  }

  private static String engines(PlanSummary plan) {
    return plan.ranking().stream().flatMap(ranked -> ranked.instances().stream()
        .map(each -> "%s: %d %s: %s".formatted(ranked.deployment().name(), each.count(), each.role(),
            String.join(" ", each.flags()))))
        .collect(Collectors.joining("\n"));
  }
}
