package dev.attain.report;

import dev.attain.report.Table.Cell;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in aligned columns of a terminal. */
final class ConsoleTable {
  private static final String GAP = "  ";
  static final String RESET = "\u001b[0m";
  // Reasons of a verdict can be several sentences; a table whose lines wrap is no table.
  private static final int WIDEST = 56;

  private ConsoleTable() {}

  /** Lines with an end each. Colour changes only what is shown, never the width. */
  static String of(Table table, boolean color) {
    List<List<Cell>> rows = table.rows().stream().map(row -> row.stream().map(ConsoleTable::shortened).toList())
        .toList();
    int[] widths = IntStream.range(0, table.columns().size()).map(column -> width(table, rows, column)).toArray();
    List<Cell> titles = table.columns().stream().map(column -> Table.cell(column.title())).toList();
    String rule = IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining(GAP));
    return line(table, titles, widths, false) + rule + "\n"
        + rows.stream().map(row -> line(table, row, widths, color)).collect(Collectors.joining());
  }

  private static Cell shortened(Cell cell) {
    return cell.text().length() <= WIDEST
        ? cell
        : new Cell(cell.text().substring(0, WIDEST - 3).stripTrailing() + "...", cell.tone());
  }

  private static int width(Table table, List<List<Cell>> rows, int column) {
    int title = table.columns().get(column).title().length();
    return Math.max(title, rows.stream().mapToInt(row -> row.get(column).text().length()).max().orElse(0));
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
