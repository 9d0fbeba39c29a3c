package dev.attain.report;

import dev.attain.report.Block.Code;
import dev.attain.report.Block.Folded;
import dev.attain.report.Block.Heading;
import dev.attain.report.Block.Lead;
import dev.attain.report.Block.Notice;
import dev.attain.report.Block.Rows;
import dev.attain.report.Block.Text;
import dev.attain.report.Table.Cell;
import dev.attain.report.Table.Column;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The report as one HTML file that needs nothing else: no network, no script. */
final class HtmlView {
  private HtmlView() {}

  static String of(String title, List<Block> blocks) {
    String body = blocks.stream().map(HtmlView::block).collect(Collectors.joining());
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s</title>
      <style>
      %s%s</style>
      </head>
      <body>
      <main>
      <h1>%s</h1>
      %s</main>
      </body>
      </html>
      """.formatted(Markup.escaped(title), Resource.text("colors.css"), Resource.text("report.css"),
        Markup.escaped(title), body);
  }

  private static String block(Block block) {
    return switch (block) {
      case Lead lead -> lead.sentences().stream().map(sentence -> element("p class=\"lead\"", "p", sentence))
          .collect(Collectors.joining());
      case Notice notice -> element("p class=\"notice\" role=\"alert\"", "p", notice.text());
      case Heading heading -> element("h2", "h2", heading.text());
      case Text text -> element("p", "p", text.text());
      case Rows rows -> table(rows.table());
      case Block.Charts charts -> charts.charts().stream()
          .map(chart -> "<figure>" + SvgCanvas.element(chart) + "</figure>\n")
          .collect(Collectors.joining("",
              charts.charts().size() == 3 ? "<div class=\"charts\">\n" : "<div class=\"charts equal\">\n", "</div>\n"));
      case Code code -> element("pre tabindex=\"0\"", "pre", code.text());
      case Folded folded -> folded.blocks().stream().map(HtmlView::block).collect(Collectors
          .joining("", "<details" + (folded.open() ? " open=\"open\"" : "") + ">\n<summary>"
              + Markup.escaped(folded.title()) + "</summary>\n", "</details>\n"));
    };
  }

  private static String table(Table table) {
    String titles = table.columns().stream()
        .map(column -> "<th scope=\"col\"" + numeric(column) + ">" + Markup.escaped(column.title()) + "</th>")
        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    String rows = table.rows().stream().map(row -> row(table.columns(), row)).collect(Collectors.joining());
    return "<div class=\"table\" tabindex=\"0\"><table>\n<thead>" + titles + "</thead>\n<tbody>\n" + rows
        + "</tbody>\n</table></div>\n";
  }

  private static String row(List<Column> columns, List<Cell> cells) {
    return IntStream.range(0, cells.size()).mapToObj(index -> {
      Cell cell = cells.get(index);
      String text = Markup.escaped(cell.text());
      String shown = cell.tone() == Tone.PLAIN
          ? text
          : "<span class=\"" + cell.tone().name().toLowerCase(Locale.ROOT) + "\">" + text + "</span>";
      return "<td" + numeric(columns.get(index)) + ">" + shown + "</td>";
    }).collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }

  private static String numeric(Column column) {
    return column.numeric() ? " class=\"number\"" : "";
  }

  private static String element(String opening, String name, String text) {
    return "<" + opening + ">" + Markup.escaped(text) + "</" + name + ">\n";
  }
}
