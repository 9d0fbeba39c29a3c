package dev.attain.report;

import dev.attain.report.Table.Cell;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in aligned columns of a terminal. */
final class ConsoleTable {
  private static final String GAP = "  ";
  private static final String RESET = "\u001b[0m";

  private ConsoleTable() {}

  /** Lines with an end each. Colour changes only what is shown, never the width. */
  static String of(Table table, boolean color) {
    int[] widths = IntStream.range(0, table.columns().size()).map(column -> width(table, column)).toArray();
    List<Cell> titles = table.columns().stream().map(column -> Table.cell(column.title())).toList();
    String rule = IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining(GAP));
    return line(table, titles, widths, false) + rule + "\n"
        + table.rows().stream().map(row -> line(table, row, widths, color)).collect(Collectors.joining());
  }

  private static int width(Table table, int column) {
    int title = table.columns().get(column).title().length();
    return Math.max(title, table.rows().stream().mapToInt(row -> row.get(column).text().length()).max().orElse(0));
  }

  private static String line(Table table, List<Cell> row, int[] widths, boolean color) {
    String text = IntStream.range(0, widths.length).mapToObj(column -> {
      Cell cell = row.get(column);
      String spaces = " ".repeat(widths[column] - cell.text().length());
      String shown = color && cell.tone() != Tone.PLAIN ? cell.tone().ansi + cell.text() + RESET : cell.text();
      return table.columns().get(column).numeric() ? spaces + shown : shown + spaces;
    }).collect(Collectors.joining(GAP));
    return text.stripTrailing() + "\n";
  }
}
