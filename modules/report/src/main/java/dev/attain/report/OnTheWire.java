package dev.attain.report;

import dev.attain.report.Block.Rows;
import dev.attain.report.Block.Text;
import dev.attain.results.ConnectionFigures;
import dev.attain.results.PointSummary;
import dev.attain.results.TokenFigures;
import java.util.List;

/** How tokens came over the wire, and what connections cost, for whoever wants to know what exactly was measured. */
final class OnTheWire {
  private static final String EXPLANATION = "ITL is the gap between two token events; per token, each gap is divided by "
      + "the number of tokens in the later event. The two differ where an event carries several tokens; tokens that no "
      + "event accounted for are in neither (requests.token-counts = usage asks the engine). A request that had to open "
      + "a connection waited for it, which is part of its TTFT. One whose idle connection broke before the answer has "
      + "failed: nothing is tried twice.";

  private OnTheWire() {}

  static List<Block> of(List<PointSummary> summaries) {
    return List.of(new Text(EXPLANATION), new Rows(table(summaries)));
  }

  private static Table table(List<PointSummary> summaries) {
    var table = Table.titled("point", "#ITL p50", "#ITL p99", "#per token p50", "#per token p99", "#tokens per event",
        "#unaccounted", "#opened a connection", "#connect mean", "#connect max", "#broke when idle");
    for (PointSummary point : summaries) {
      table.row(point.point(), Numbers.seconds(point.itl().p50()), Numbers.seconds(point.itl().p99()),
          Numbers.seconds(point.itlPerToken().p50()), Numbers.seconds(point.itlPerToken().p99()),
          point.tokens().map(tokens -> Numbers.plain(tokens.perEvent())).orElse("-"),
          point.tokens().map(OnTheWire::unaccounted).orElse(Table.cell("-")),
          point.connections().map(it -> String.valueOf(it.opened())).orElse("-"),
          point.connections().map(it -> Numbers.seconds(it.connectMean())).orElse("-"),
          point.connections().map(it -> Numbers.seconds(it.connectMax())).orElse("-"),
          point.connections().map(OnTheWire::stale).orElse(Table.cell("-")));
    }
    return table.build();
  }

  private static Table.Cell unaccounted(TokenFigures tokens) {
    return Table.limited(String.valueOf(tokens.unaccounted()), tokens.unaccounted() == 0);
  }

  private static Table.Cell stale(ConnectionFigures connections) {
    return Table.limited(String.valueOf(connections.stale()), connections.stale() == 0);
  }
}
