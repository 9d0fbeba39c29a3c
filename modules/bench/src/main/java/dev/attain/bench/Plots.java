package dev.attain.bench;

import dev.attain.report.Curves;
import dev.attain.report.Curves.Line;
import dev.attain.report.Curves.Point;
import dev.attain.report.Curves.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The comparison as charts over the events asked for, a colour for each client. */
final class Plots {
  private static final String HORIZONTAL = "token events per second asked";
  /** The least error shown: a logarithmic axis has no zero. */
  private static final double FLOOR_SECONDS = 1e-6;

  private final Map<String, List<Row>> rows = new LinkedHashMap<>();

  Plots(List<Row> all) {
    all.stream().filter(Row::measured)
        .forEach(row -> rows.computeIfAbsent(row.contender(), name -> new ArrayList<>()).add(row));
  }

  /** Writes all of them into a folder, which is made if need be. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    new Curves("cpu-over-events", "CPU per token event, us", HORIZONTAL, Unit.COUNT, rows.entrySet().stream()
        .map(client -> new Line(client.getKey(), "", true, client.getValue().stream().map(Plots::cpu).toList()))
        .toList()).write(folder);
    errors("ttft-error-over-events", "Error of the reported TTFT", Row::ttftError).write(folder);
    errors("itl-error-over-events", "Error of the reported ITL", Row::itlError).write(folder);
  }

  private static Point cpu(Row row) {
    double[] range = row.microsPerEventRange();
    return new Point(row.load().eventsPerSecond(), row.microsPerEvent(), range[0], range[1]);
  }

  private Curves errors(String name, String title, Function<Row, Reading.Millis> error) {
    var lines = new ArrayList<Line>();
    rows.forEach((client, measured) -> {
      lines.add(line(client, "p50", true, measured, row -> error.apply(row).p50()));
      lines.add(line(client, "p99", false, measured, row -> error.apply(row).p99()));
    });
    return new Curves(name, title, HORIZONTAL, Unit.SECONDS, lines);
  }

  private static Line line(String client, String figure, boolean typical, List<Row> rows,
      ToDoubleFunction<Row> errorMillis) {
    return new Line(client, figure, typical, rows.stream().map(row -> {
      double seconds = Math.max(FLOOR_SECONDS, Math.abs(errorMillis.applyAsDouble(row)) / 1e3);
      return new Point(row.load().eventsPerSecond(), seconds, seconds, seconds);
    }).toList());
  }
}
