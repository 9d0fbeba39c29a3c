package dev.attain.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attain.report.Chart.Across;
import dev.attain.report.Chart.Guides;
import dev.attain.report.Chart.LegendKey;
import dev.attain.report.Chart.Level;
import dev.attain.report.Chart.Mark;
import dev.attain.report.Chart.Pattern;
import dev.attain.report.Chart.Sample;
import dev.attain.report.Chart.Scale;
import dev.attain.report.Chart.Series;
import dev.attain.report.Chart.Upright;
import dev.attain.report.Lanes.Lane;
import dev.attain.report.Lanes.Stretch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the script of a page is told must be what the picture shows. */
class FigureDataTest {
  private static final Series CURVE = new Series("a </script> & \"b\"", Ink.RED, Pattern.DASHED,
      List.of(new Sample(1, 0.123456789, 0.1, 0.2, true, "one"), new Sample(20, 1, 1, 1, false, "")));
  private static final LegendKey KEY = new LegendKey("a", Ink.RED, Pattern.DASHED, Mark.FILLED);

  @Test
  void aChartTellsItsAxesAndEveryValueWithItsIntervalAndWhetherItIsBelieved() throws Exception {
    var chart = new Chart("name", "title", "across", Scale.SHARE, List.of(CURVE), List.of(new Level(0.9, "90 %")),
        List.of(KEY), new Guides(List.of(new Upright(5, Ink.BLUE, "5")), Across.FROM_ZERO, List.of()));

    JsonNode data = read(chart);
    JsonNode curve = data.at("/panels/0/curves/0");
    assertThat(curve.get("values").toString()).isEqualTo("[1,0.123457,20.0,1]");
    assertThat(curve.get("intervals")).hasSize(4);
    assertThat(curve.get("doubted").toString()).isEqualTo("[1]");
    assertThat(curve.get("label").asText()).isEqualTo("a </script> & \"b\"");
    assertThat(data.at("/x/highest").asDouble()).isEqualTo(21.2);
    assertThat(data.at("/panels/0/levels/0/y").asDouble()).isEqualTo(0.9);
    assertThat(data.at("/uprights/0/ink").asText()).isEqualTo("blue");
    assertThat(data.at("/keys/0/pattern").asText()).isEqualTo("dashed");
  }

  @Test
  void nothingInItCanEndTheElementThatItStandsIn() {
    var chart = new Chart("name", "title", "across", Scale.COUNT, List.of(CURVE), List.of(), List.of());
    assertThat(FigureData.of(chart).orElseThrow()).doesNotContain("<", "&", ">");
  }

  @Test
  void thereIsAGroupInThePictureForEverythingThatTheScriptWillChange() throws Exception {
    Lane full = new Lane("full", Scale.COUNT, List.of(CURVE), List.of(new Level(1, "one")), List.of(KEY), "nothing");
    Lane empty = new Lane("empty", Scale.SHARE, List.of(), List.of(), List.of(KEY), "nothing");
    var lanes = new Lanes("name", "title", "across", List.of(new Stretch(0, 30, "8 req/s")), List.of(full, empty));

    String svg = SvgCanvas.element(lanes);
    JsonNode data = read(lanes);
    assertThat(count(svg, "curve")).isEqualTo(1);
    assertThat(count(svg, "level")).isEqualTo(1);
    assertThat(count(svg, "key")).as("none for an empty lane").isEqualTo(data.get("keys").size()).isEqualTo(1);
    assertThat(count(svg, "y")).isEqualTo(data.get("panels").size()).isEqualTo(2);
    assertThat(count(svg, "x")).isEqualTo(1);
    assertThat(data.at("/stretches/0/label").asText()).isEqualTo("8 req/s");
  }

  @Test
  void barsHaveNothingToZoomInto() {
    assertThat(FigureData.of(new StackedBars("name", "title", "across", List.of(), List.of()))).isEmpty();
  }

  private static int count(String svg, String part) {
    return svg.split("<g class=\"" + part + "\">", -1).length - 1;
  }

  private static JsonNode read(Figure figure) throws Exception {
    return new ObjectMapper().readTree(FigureData.of(figure).orElseThrow());
  }
}
