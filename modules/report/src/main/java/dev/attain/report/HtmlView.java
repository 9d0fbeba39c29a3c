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

/**
 * The report as one HTML file that needs nothing else, and is not allowed to load anything. Its script only makes the
 * figures answer to pointer and keys; everything is there without it.
 */
final class HtmlView {
  /** In the order in which they build on each other. */
  private static final List<String> SCRIPTS = List.of("axis.js", "paint.js", "read.js", "zoom.js", "legend.js",
      "page.js");
  /** A page with fewer sections needs no list of them. */
  private static final int FEW_SECTIONS = 3;

  private HtmlView() {}

  static String of(String title, List<Block> blocks) {
    int answer = (int) blocks.stream().takeWhile(block -> !(block instanceof Heading)).count();
    String body = blocks.subList(0, answer).stream().map(HtmlView::block).collect(Collectors.joining())
        + contents(blocks)
        + blocks.subList(answer, blocks.size()).stream().map(HtmlView::block).collect(Collectors.joining());
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
      <title>%s</title>
      <style>
      %s%s%s</style>
      </head>
      <body>
      <main>
      <h1>%s</h1>
      %s</main>
      %s</body>
      </html>
      """
        .formatted(Markup.escaped(title), Resource.text("colors.css"), Resource.text("report.css"),
            Resource.text("figures.css"), Markup.escaped(title), body, script(body));
  }

  /** Names of one file mean nothing to the next page's, and a reader of XML must not take a comparison for a tag. */
  private static String script(String body) {
    return body.contains("application/json")
        ? SCRIPTS.stream().map(Resource::text).collect(Collectors.joining("\n",
            "<script>//<![CDATA[\n(function () {\n'use strict';\n", "})();\n//]]></script>\n"))
        : "";
  }

  private static String contents(List<Block> blocks) {
    List<String> sections = blocks.stream().filter(Heading.class::isInstance).map(it -> ((Heading) it).text()).toList();
    return sections.size() < FEW_SECTIONS
        ? ""
        : sections.stream().map(text -> "<a href=\"#" + anchor(text) + "\">" + Markup.escaped(text) + "</a>\n")
            .collect(Collectors.joining("", "<nav aria-label=\"Sections\">\n", "</nav>\n"));
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  private static String block(Block block) {
    return switch (block) {
      case Lead lead -> lead.sentences().stream().map(sentence -> element("p class=\"lead\"", "p", sentence))
          .collect(Collectors.joining());
      case Notice notice -> element("p class=\"notice\" role=\"alert\"", "p", notice.text());
      case Heading heading -> element("h2 id=\"" + anchor(heading.text()) + "\"", "h2", heading.text());
      case Text text -> element("p", "p", text.text());
      case Rows rows -> table(rows.table());
      case Block.Charts charts -> figures(charts.charts());
      case Code code -> element("pre tabindex=\"0\"", "pre", code.text());
      case Folded folded -> folded.blocks().stream().map(HtmlView::block).collect(Collectors
          .joining("", "<details" + (folded.open() ? " open=\"open\"" : "") + ">\n<summary>"
              + Markup.escaped(folded.title()) + "</summary>\n", "</details>\n"));
    };
  }

  private static String figures(List<? extends Figure> figures) {
    String arrangement = switch (figures.size()) {
      case 1 -> "charts single";
      case 3 -> "charts";
      default -> "charts equal";
    };
    return figures.stream()
        .map(figure -> "<figure" + (figure instanceof Lanes ? " class=\"lanes\"" : "") + ">" + SvgCanvas.element(figure)
            + data(figure) + "</figure>\n")
        .collect(Collectors.joining("", "<div class=\"" + arrangement + "\">\n", "</div>\n"));
  }

  private static String data(Figure figure) {
    return FigureData.of(figure).map(json -> "<script type=\"application/json\">" + json + "</script>\n").orElse("");
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
