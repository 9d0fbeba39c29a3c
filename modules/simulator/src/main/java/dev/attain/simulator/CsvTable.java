package dev.attain.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A measurement that ships with this module: a heading, then rows of as many cells, without quotes. */
final class CsvTable {

  private final List<String> columns;
  private final List<Row> rows = new ArrayList<>();

  private CsvTable(List<String> lines) {
    this.columns = List.of(lines.get(0).split(","));
    lines.stream().skip(1).map(line -> new Row(line.split(",", -1))).forEach(rows::add);
  }

  /** One line. */
  final class Row {
    private final String[] cells;

    private Row(String[] cells) {
      this.cells = cells;
    }

    String text(String column) {
      return cells[columns.indexOf(column)];
    }

    double number(String column) {
      return Double.parseDouble(text(column));
    }

    int integer(String column) {
      return Integer.parseInt(text(column));
    }
  }

  /** Reads a file of the folder {@code calibration} beside this class. */
  static CsvTable read(String name) {
    InputStream stream = Objects.requireNonNull(CsvTable.class.getResourceAsStream("calibration/" + name), name);
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return new CsvTable(reader.lines().filter(line -> !line.isBlank()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Row> rows() {
    return rows;
  }
}
