package dev.attain.report;

import dev.attain.report.Block.Code;
import dev.attain.report.Block.Folded;
import dev.attain.report.Block.Heading;
import dev.attain.report.Block.Lead;
import dev.attain.report.Block.Notice;
import dev.attain.report.Block.Rows;
import dev.attain.report.Block.Text;
import java.util.List;
import java.util.stream.Collectors;

/** The report as Markdown, with its charts as pictures beside it. */
final class MarkdownView {
  private MarkdownView() {}

  static String of(String title, List<Block> blocks) {
    return "# " + escaped(title) + "\n\n" + blocks.stream().map(block -> block(block, 2)).collect(Collectors.joining());
  }

  private static String block(Block block, int level) {
    return switch (block) {
      case Lead lead -> lead.sentences().stream().map(sentence -> "**" + escaped(sentence) + "**\n\n")
          .collect(Collectors.joining());
      case Notice notice -> "> **Note:** " + escaped(notice.text()) + "\n\n";
      case Heading heading -> "#".repeat(level) + " " + escaped(heading.text()) + "\n\n";
      case Text text -> escaped(text.text()) + "\n\n";
      case Rows rows -> table(rows.table()) + "\n";
      case Block.Charts charts -> charts.charts().stream()
          .map(chart -> "![" + escaped(chart.title()) + "](" + Reports.PLOTS + "/" + chart.name() + ".svg)\n\n")
          .collect(Collectors.joining());
      case Code code -> "```\n" + code.text() + "\n```\n\n";
      case Folded folded -> "#".repeat(level + 1) + " " + escaped(folded.title()) + "\n\n"
          + folded.blocks().stream().map(inner -> block(inner, level + 1)).collect(Collectors.joining());
    };
  }

  private static String table(Table table) {
    String titles = table.columns().stream().map(column -> escaped(column.title()))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
    String rules = table.columns().stream().map(column -> column.numeric() ? "---:" : "---")
        .collect(Collectors.joining("|", "|", "|\n"));
    return titles + rules + table.rows().stream()
        .map(row -> row.stream().map(cell -> escaped(cell.text())).collect(Collectors.joining(" | ", "| ", " |\n")))
        .collect(Collectors.joining());
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
        .replace("_", "\\_").replace("\n", " ");
  }
}
