package dev.attain.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table for any view. Every row has as many cells as there are columns. */
record Table(List<Column> columns, List<List<Cell>> rows) {

  /** A column; numbers stand to the right. */
  record Column(String title, boolean numeric) {}

  /** A cell. */
  record Cell(String text, Tone tone) {}

  Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Cell> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(columns.size() + " columns, but a row of " + row.size() + " cells: " + row);
      }
    }
  }

  static Cell cell(Object text) {
    return new Cell(String.valueOf(text), Tone.PLAIN);
  }

  /** Red when the value is past its limit. */
  static Cell limited(String text, boolean within) {
    return new Cell(text, within ? Tone.PLAIN : Tone.BAD);
  }

  /** Collects rows; titles that start with {@code #} are numeric columns. */
  static Builder titled(String... titles) {
    return new Builder(Arrays.stream(titles)
        .map(title -> title.startsWith("#") ? new Column(title.substring(1), true) : new Column(title, false))
        .toList());
  }

  /** A table being filled, row by row. */
  static final class Builder {
    private final List<Column> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    private Builder(List<Column> columns) {
      this.columns = columns;
    }

    /** Cells, or anything else as plain text. */
    Builder row(Object... cells) {
      rows.add(Arrays.stream(cells).map(it -> it instanceof Cell cell ? cell : cell(it)).toList());
      return this;
    }

    Table build() {
      return new Table(columns, rows);
    }
  }
}
