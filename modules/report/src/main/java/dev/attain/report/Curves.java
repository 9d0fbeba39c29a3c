package dev.attain.report;

import dev.attain.report.Chart.LegendKey;
import dev.attain.report.Chart.Mark;
import dev.attain.report.Chart.Pattern;
import dev.attain.report.Chart.Sample;
import dev.attain.report.Chart.Scale;
import dev.attain.report.Chart.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A line chart of figures that are not a bundle's, drawn as the report draws its own.
 *
 * @param name file name without its ending
 * @param title also the vertical axis's title
 * @param horizontal title of the horizontal axis
 * @param lines those of one subject have one colour; six subjects have colours of their own
 */
public record Curves(String name, String title, String horizontal, Unit unit, List<Line> lines) {
  private static final List<Ink> INKS = List.of(Ink.RED, Ink.BLUE, Ink.GREEN, Ink.ORANGE, Ink.VIOLET, Ink.TEAL);

  /** What the vertical axis shows. */
  public enum Unit {
    /** Numbers from 0, on a linear axis. */
    COUNT(Scale.COUNT),
    /** Times in seconds above 0, on a logarithmic axis. */
    SECONDS(Scale.LOG_SECONDS);

    private final Scale scale;

    Unit(Scale scale) {
      this.scale = scale;
    }
  }

  /**
   * One line.
   *
   * @param subject whom it is about
   * @param figure which of its figures; empty when each subject has only one
   * @param typical solid, or else dashed
   * @param points ascending by x
   */
  public record Line(String subject, String figure, boolean typical, List<Point> points) {
    /** Copies the list. */
    public Line {
      points = List.copyOf(points);
    }

    private Pattern pattern() {
      return typical ? Pattern.SOLID : Pattern.DASHED;
    }
  }

  /**
   * One value.
   *
   * @param low lower end of its range; equal to {@code high} when there is none
   */
  public record Point(double x, double y, double low, double high) {}

  /** Copies the list. */
  public Curves {
    lines = List.copyOf(lines);
  }

  /**
   * Writes {@code NAME.svg} and, where the JDK can draw, {@code NAME.png}, replacing older ones.
   *
   * @throws IOException when the folder cannot be written
   */
  public void write(Path folder) throws IOException {
    Reports.writePlots(folder, List.of(chart()));
  }

  private Chart chart() {
    var inks = new LinkedHashMap<String, Ink>();
    lines.forEach(line -> inks.computeIfAbsent(line.subject(), subject -> INKS.get(inks.size() % INKS.size())));
    return new Chart(name, title, horizontal, unit.scale, lines.stream().map(line -> series(line, inks)).toList(),
        List.of(), keys(inks));
  }

  private static Series series(Line line, Map<String, Ink> inks) {
    String label = line.figure().isEmpty() ? line.subject() : line.subject() + ", " + line.figure();
    return new Series(label, inks.get(line.subject()), line.pattern(), line.points().stream()
        .map(point -> new Sample(point.x(), point.y(), point.low(), point.high(), true, label)).toList());
  }

  private List<LegendKey> keys(Map<String, Ink> inks) {
    var patterns = new LinkedHashMap<String, Pattern>();
    lines.stream().filter(line -> !line.figure().isEmpty())
        .forEach(line -> patterns.put(line.figure(), line.pattern()));
    var keys = new ArrayList<LegendKey>();
    patterns.forEach((figure, pattern) -> keys.add(new LegendKey(figure, Ink.MUTED, pattern, Mark.NONE)));
    inks.forEach((subject, ink) -> keys.add(new LegendKey(subject, ink, Pattern.SOLID, Mark.FILLED)));
    return keys;
  }
}
