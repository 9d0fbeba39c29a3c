package dev.attain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.results.Bundle;
import dev.attain.results.GeneratorFigures;
import dev.attain.results.GeneratorNode;
import dev.attain.results.LoopFigures;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportsTest {
  @TempDir
  Path folder;

  @Test
  void theReportIsOneFileThatLoadsNothing() throws Exception {
    String html = html(sample().complete());

    assertThat(html).startsWith("<!DOCTYPE html>").contains("prefers-color-scheme:dark", "name=\"viewport\"");
    assertThat(html).contains("content=\"default-src 'none';").doesNotContain("src=", "@import", "<link", "url(",
        "fetch(", "XMLHttpRequest");
    assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http://", "https://");
    assertThat(html.length()).isLessThan(200_000);
  }

  @Test
  void theAnswerStandsFirst() throws Exception {
    Bundle bundle = sample().complete();
    String html = html(bundle);
    String markdown = Files.readString(bundle.folder().resolve("report.md"));

    for (String text : new String[]{html, markdown}) {
      assertThat(text.indexOf("colocated sustains 16 req/s (8 per GPU)")).isPositive()
          .isLessThan(text.indexOf("Verdicts"));
      assertThat(text).contains("disaggregated", "misses at 32 req/s", "3200 planned = 3184 completed + 16 failed",
          "simulate-engine", "conf/quickstart.conf", "load-2", "Resolved configuration");
    }
  }

  @Test
  void theCurvesFollowTheStyleOfTheField() throws Exception {
    String html = html(sample().complete());
    String attainment = html.substring(html.indexOf("<svg"), html.indexOf("</svg>"));

    assertThat(attainment).contains("SLO attainment over request rate", "90 %", "colocated", "disaggregated",
        "TTFT only", "TPOT only", "stroke-dasharray=\"7 4\"", "stroke-dasharray=\"1.5 3.5\"", "var(--red)",
        "var(--blue)", "colocated at 16 req/s: 97.0 % [94.8, 98.3], PASS");
    assertThat(attainment.split("<polyline", -1)).hasSize(1 + 6);
  }

  @Test
  void theStagesOfTheTimeToFirstTokenHaveATableAndBarsThatColoursAloneDoNotTellApart() throws Exception {
    Bundle bundle = sample().complete();
    String html = html(bundle);
    String section = html.substring(html.indexOf("Where the time to first token goes</h2>"));
    String bars = section.substring(section.indexOf("<svg"), section.indexOf("</svg>"));

    assertThat(section.indexOf("<td class=\"number\">84 ms</td><td class=\"number\">336 ms</td>"
        + "<td class=\"number\">70.0 %</td>")).as("prefill leg at 16 req/s, before the bars").isPositive()
        .isLessThan(section.indexOf("<svg"));
    assertThat(bars).contains("Mean service TTFT by stage, disaggregated", ">to first token</text>",
        ">hand-over</text>",
        "decode to first token at 16 req/s: 36 ms on average", ">144 ms</text>");
    assertThat(bars.split("<rect", -1)).as("three parts of four bars, and three keys").hasSize(1 + 15);
    assertThat(bars.split("<rect[^>]*fill:var\\(--blue\\)", -1)).as("one kind is solid").hasSize(1 + 5);
    assertThat(bars.split("<line[^>]*stroke:var\\(--orange\\)", -1).length).as("one kind is hatched")
        .isGreaterThan(20);
    assertThat(Files.readString(bundle.folder().resolve("report.md"))).contains("## Where the time to first token goes",
        "| disaggregated | 16 | 84 ms | 336 ms | 70.0 % |", "plots/ttft-stages-disaggregated.svg");
    assertThat(ImageIO.read(bundle.folder().resolve("plots/ttft-stages-disaggregated.png").toFile()).getWidth())
        .isEqualTo(1440);
  }

  @Test
  void gapsOfEventsAndOfTokensStandBesideWhatConnectionsCost() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8", 1).point("colocated", 8, 1, 0.06, 0.012).complete();

    assertThat(html(bundle)).contains("Gaps between tokens, and connections");
    assertThat(Files.readString(bundle.folder().resolve("report.md"))).contains(
        "| point | ITL p50 | ITL p99 | per token",
        "| 24 ms | 96 ms | 12 ms | 48 ms | 2.25 | 4321 | 37 | 1.2 ms | 34.5 ms | 1 |");
  }

  @Test
  void aReportWithoutRequestsInTwoLegsSaysNothingOfStages() throws Exception {
    assertThat(html(new SampleBundle(folder, "8", 1).point("colocated", 8, 1).complete()))
        .doesNotContain("Where the time to first token goes").contains("Can the measurement be believed?");
  }

  @Test
  void meansOfRepeatsArePooledAndAnInvalidRateIsMarked() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8, 16", 2).repeat("disaggregated", 8, 1, 1)
        .repeat("disaggregated", 8, 2, 1).invalid("disaggregated", 16, 1, "send lag").complete();
    String section = html(bundle).split("Where the time to first token goes</h2>", 2)[1];

    assertThat(section).contains(">8 #1</td>", ">8 #2</td>", ">16*</text>", ">8</text>", "req/s), * invalid",
        "prefill leg at 8 req/s: 84 ms on average");
  }

  @Test
  void everyElementIsClosedAndEverythingFromTheBundleIsEscaped() throws Exception {
    String html = html(sample().complete());

    assertThat(html).contains("HTTP 500 &lt;oops&gt; &amp; more").doesNotContain("<oops>");
    String wellFormed = html.replace("<!DOCTYPE html>", "").replaceAll("<meta[^>]*>", "");
    assertThat(DocumentBuilderFactory.newInstance().newDocumentBuilder()
        .parse(new InputSource(new StringReader(wellFormed))).getElementsByTagName("svg").getLength()).isEqualTo(8);
  }

  @Test
  void picturesLieBesideTheReport() throws Exception {
    Bundle bundle = sample().complete();
    Reports.write(bundle);
    Path plots = bundle.folder().resolve("plots");

    var image = ImageIO.read(plots.resolve("attainment-over-rate.png").toFile());
    assertThat(image.getWidth()).isEqualTo(1440);
    assertThat(DocumentBuilderFactory.newInstance().newDocumentBuilder()
        .parse(plots.resolve("ttft-over-rate.svg").toFile()).getDocumentElement().getTagName()).isEqualTo("svg");
    try (Stream<Path> files = Files.walk(bundle.folder())) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().endsWith(".unfinished"));
    }
  }

  @Test
  void aBundleWithoutAnyResultStillHasAReport() throws Exception {
    String html = html(new SampleBundle(folder, "8, 16", 1).incomplete("no load node joined within 30 s"));

    assertThat(html).contains(
        "This bundle is incomplete: no load node joined within 30 s. 0 of 4 points were finished.",
        "colocated: not measured.", "nothing measured");
    assertThat(html.indexOf("incomplete")).isLessThan(html.indexOf("not measured"));
  }

  @Test
  void aValuePastItsLimitIsMarkedInTheValidityTable() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8", 1).invalid("colocated", 8, 1, "send lag").complete();

    assertThat(html(bundle)).contains("<span class=\"broken\">INVALID</span>", "<span class=\"good\">add up</span>",
        "send lag p99 (limit 10 ms)");
  }

  @Test
  void whatTheGeneratorSufferedIsShownAndMarkedWhereItIsPastALimit() throws Exception {
    var node = new GeneratorNode("load-1", 17, 0, List.of(new LoopFigures(0.2, 0.014, 0.03, Optional.empty())), 0.2,
        0.02, Optional.of(0.15), Optional.empty(), 0.004, 0.0003, 0.008, Optional.empty(), Optional.empty(),
        Optional.of(0.005), Optional.of(1000L), Optional.of(120L), Optional.empty(), Optional.empty(), 0, 2,
        Optional.of(7L), Optional.of(0L), Optional.of(0L));
    Bundle bundle = new SampleBundle(folder, "8", 1).watched(GeneratorFigures.of(17, List.of(node)))
        .point("colocated", 8, 1).complete();

    assertThat(html(bundle)).contains("What the load generator saw of itself", "loop lag p99 (limit 10 ms)",
        "<span class=\"bad\">14 ms</span>", "<span class=\"bad\">2</span>", "0.15 cores", "12.0 %", "not told");
    assertThat(Files.readString(bundle.folder().resolve("report.md"))).contains("| 30 ms | not told | 8 ms | 5 ms |");
  }

  @Test
  void aBundleThatDoesNotTellOfItsGeneratorHasNoSectionAboutIt() throws Exception {
    assertThat(html(new SampleBundle(folder, "8", 1).point("colocated", 8, 1).complete()))
        .doesNotContain("What the load generator saw of itself");
  }

  private SampleBundle sample() throws Exception {
    return new SampleBundle(folder, "8, 16, 24, 32", 1).point("colocated", 8, 1, 0.06, 0.012)
        .point("colocated", 16, 0.97, 0.09, 0.015).point("colocated", 24, 0.905, 0.2, 0.019)
        .point("colocated", 32, 0.71, 0.9, 0.024).point("disaggregated", 8, 1, 0.08, 0.009)
        .point("disaggregated", 16, 0.99, 0.12, 0.01).point("disaggregated", 24, 0.4, 2.5, 0.011)
        .point("disaggregated", 32, 0.02, 11, 0.0115);
  }

  private static String html(Bundle bundle) throws Exception {
    Reports.write(bundle);
    return Files.readString(bundle.folder().resolve("report.html"));
  }
}
