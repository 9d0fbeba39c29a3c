package dev.attain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.report.Curves.Line;
import dev.attain.report.Curves.Point;
import dev.attain.report.Curves.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurvesTest {
  @TempDir
  private Path folder;

  @Test
  void everySubjectAndFigureIsInTheLegendAndEveryValueIsAMarker() throws IOException {
    new Curves("error", "Error of the TTFT", "events per second", Unit.SECONDS,
        List.of(line("one", "p50", true), line("one", "p99", false), line("other", "p50", true)))
        .write(folder);

    String svg = Files.readString(folder.resolve("error.svg"));
    assertThat(svg).contains("Error of the TTFT", "events per second", ">p50<", ">p99<", ">one<", ">other<");
    assertThat(svg.split("<title>one, p99</title>", -1)).as("markers of a line of two values").hasSize(3);
  }

  @Test
  void linesOfASubjectShareItsColourAndSubjectsDiffer() throws IOException {
    new Curves("cpu", "CPU", "events per second", Unit.COUNT,
        List.of(line("one", "p50", true), line("one", "p99", false), line("other", "p50", true)))
        .write(folder);

    String svg = Files.readString(folder.resolve("cpu.svg"));
    assertThat(strokes(svg)).containsExactly("red", "red", "blue");
  }

  @Test
  void rangesFitIntoAChartOfNumbers() throws IOException {
    new Curves("cpu", "CPU", "events per second", Unit.COUNT,
        List.of(new Line("one", "", true, List.of(new Point(1, 10, 5, 80))))).write(folder);

    assertThat(Files.readString(folder.resolve("cpu.svg"))).as("labels of the axis up to the range's end")
        .contains(">80<");
  }

  /** Colours of the lines between the values, in the order of the chart. */
  private static List<String> strokes(String svg) {
    return Pattern.compile("<polyline [^>]*stroke:var\\(--(\\w+)\\)").matcher(svg).results()
        .map(found -> found.group(1)).toList();
  }

  private static Line line(String subject, String figure, boolean typical) {
    return new Line(subject, figure, typical,
        List.of(new Point(1, 0.001, 0.001, 0.001), new Point(2, 0.02, 0.01, 0.03)));
  }
}
