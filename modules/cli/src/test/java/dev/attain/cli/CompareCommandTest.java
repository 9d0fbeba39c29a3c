package dev.attain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.report.Reports;
import dev.attain.results.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @TempDir
  Path folder;

  private int compare(Object... arguments) {
    return printed.attain("compare", arguments);
  }

  private void refused(String sentence, Object... arguments) {
    assertThat(compare(arguments)).isEqualTo(3);
    assertThat(printed.err()).startsWith("attain: ").contains(sentence)
        .doesNotContain("\tat ").hasLineCount(1);
  }

  @Test
  void theAnswerStandsFirstAndItsFiguresBelow() throws Exception {
    assertThat(compare(new QueuedRun(folder).withRequests(1200).write())).isZero();

    assertThat(printed.out().lines().findFirst().orElseThrow())
        .matches("Disaggregated 1P1D sustains [\\d.]+ \\[[\\d., ]+]"
            + " req/s per GPU at 90 %, colocated [\\d.]+ \\[[\\d., ]+]: 1\\.\\d\\dx \\[[\\d., ]+]\\.");
    assertThat(printed.out())
        .contains("TTFT within 500 ms and TPOT within 30 ms", "better", "no difference", "TTFT p99")
        .doesNotContain("Note:");
  }

  @Test
  void aBundleComparedWithItselfShowsNoDifference() throws Exception {
    Path bundle = new QueuedRun(folder).write();

    assertThat(compare(bundle, bundle, "--deployment", "colocated")).isZero();
    assertThat(printed.out()).containsPattern("1\\.00x \\[0\\.\\d\\d, 1\\.\\d\\d], no difference shown")
        .doesNotContain("better")
        .doesNotContain("worse");
  }

  @Test
  void otherObjectivesGiveOtherAnswers() throws Exception {
    Path bundle = new QueuedRun(folder).write();

    assertThat(compare(bundle, "--ttft-slo", "1e6")).isZero();
    assertThat(printed.out()).startsWith("Disaggregated 1P1D sustains at least 7 req/s per GPU (highest measured)");
    assertThat(compare(bundle, "--tpot-slo", "1", "--atta-target", "99")).isZero();
    assertThat(printed.out()).contains("sustains less than 2 req/s per GPU (lowest measured) at 99 %");
  }

  @Test
  void foldersOfOlderToolsSayTheSameAsTheBundleTheyCameFrom() throws Exception {
    Path bundle = new QueuedRun(folder).write();
    compare(bundle);
    String answer = printed.out().lines().findFirst().orElseThrow().replaceAll(" \\[[^]]*]", "");

    assertThat(compare("--simple-dir", bundle.resolve("colocated"), "--nixl-dir", bundle.resolve("disaggregated"),
        "--ttft-slo", 500, "--tpot-slo", 30)).isZero();
    assertThat(printed.out().lines().findFirst().orElseThrow().replaceAll(" \\[[^]]*]", "")).isEqualTo(answer);
  }

  @Test
  void aBundleAndTheFilesInItAreTheSameExperiment() throws Exception {
    Path bundle = new QueuedRun(folder).write();

    assertThat(compare(bundle, "--simple-dir", bundle.resolve("colocated"))).isZero();
    assertThat(printed.out()).contains("Colocated of colocated sustains").contains("1.00x [")
        .doesNotContain("differ in");
  }

  @Test
  void vllmsOwnKeysAreEnough() throws Exception {
    for (int rate : new int[]{1, 2}) {
      write("simple/vllm-" + rate + "qps-a.json", """
        {"duration": 3, "output_lens": [3, 3, 1, 0], "ttfts": [0.1, %s, 0.1, 0],
         "itls": [[0.1, 0.1], [0.1, 0.1], [], []], "errors": ["", "", "", "boom"]}""".formatted(rate == 1 ? 0.1 : 9));
      write("nixl/vllm-" + rate + "qps-a.json", """
        {"duration": 3, "output_lens": [3, 3, 1, 2], "ttfts": [0.1, 0.1, 0.1, 0.1],
         "itls": [[0.1, 0.1], [0.1, 0.1], [], [0.1]], "errors": ["", "", "", ""]}""");
    }

    assertThat(compare("--simple-dir", folder.resolve("simple"), "--nixl-dir", folder.resolve("nixl"), "--ttft-slo",
        200, "--tpot-slo", 200, "--atta-target", 60)).isZero();
    assertThat(printed.out())
        .startsWith("Disaggregated 1P1D sustains at least 2 [below the lowest, above the highest] req/s"
            + " (highest measured) at 60 %, colocated 1.6 [")
        .contains("not judged", "count from the instant a request was sent", "75.0 %", "50.0 %");
  }

  @Test
  void whatMakesItUnfairIsNoted() throws Exception {
    Path bundle = new QueuedRun(folder).write();
    Path other = new QueuedRun(folder.resolve("other")).of("llama-3.1-70b").write();

    refused("they differ in model (colocated", bundle, other);
    assertThat(compare(bundle, other, "--allow-differences")).isZero();
    assertThat(printed.out()).contains("Note: The deployments differ in more than their shape: model (");
  }

  @Test
  void badInputIsOneSentence() throws Exception {
    Path bundle = new QueuedRun(folder).write();
    Path stricter = new QueuedRun(folder.resolve("stricter")).within(100).write();

    refused("name bundles, or folders");
    refused("is not a bundle", folder.resolve("nowhere"));
    refused("--atta-target is a percentage above 0 and at most 100, not 0.0", bundle, "--atta-target", 0);
    refused("--atta-target is a percentage above 0 and at most 100, not 101.0", bundle, "--atta-target", 101);
    refused("--ttft-slo is a time in ms above 0", bundle, "--ttft-slo", -5);
    refused("no common SLO", bundle, stricter);
    refused("name one with --ttft-slo", "--simple-dir", bundle.resolve("colocated"), "--nixl-dir",
        bundle.resolve("disaggregated"));
    refused("no deployment is called colo", bundle, "--deployment", "colo");
    refused("a comparison needs two deployments", bundle, "--deployment", "colocated");
    refused("has no vllm-<rate>qps-*.json", "--simple-dir", folder, "--nixl-dir", folder);
    refused("was measured at one rate only, 8 req/s", new QueuedRun(folder.resolve("one")).at("8").write());
    refused("no request of colocated succeeded", new QueuedRun(folder.resolve("failing")).failing().write());
  }

  @Test
  void damagedFilesAreNamed() throws Exception {
    Path bundle = new QueuedRun(folder).at("4, 8").write();
    Path requests = bundle.resolve("colocated/points/colocated-4qps-1/requests.jsonl.gz");
    byte[] whole = Files.readAllBytes(requests);
    Files.write(requests, Arrays.copyOf(whole, whole.length / 2));
    refused("completed requests: it was cut off", bundle);
    Files.delete(requests);
    refused("requests.jsonl.gz is missing", bundle);

    Path summary = bundle.resolve("colocated/points/colocated-4qps-1/summary.json");
    Files.writeString(summary,
        Files.readString(summary).replaceFirst("\"schemaVersion\" : 1", "\"schemaVersion\" : 2"));
    refused("schemaVersion is 2; this program reads version 1", bundle);

    write("simple/vllm-4qps-1.json", "{\"ttfts\": [");
    refused("is not whole JSON", "--simple-dir", folder.resolve("simple"), "--nixl-dir", folder.resolve("simple"));
    write("simple/vllm-4qps-1.json", "{\"completed\": 5}");
    refused("writes with --save-detailed", "--simple-dir", folder.resolve("simple"), "--nixl-dir",
        folder.resolve("simple"));
  }

  @Test
  void curvesAreDrawnOnOnePageWithCrossingsAndImprovement() throws Exception {
    Path bundle = new QueuedRun(folder).write();

    assertThat(compare(bundle, "--plots", folder.resolve("plots"))).isZero();
    assertThat(printed.out()).endsWith("plots: " + folder.resolve("plots/vllm_comparison_plots.pdf") + "\n");
    assertThat(textOf(folder.resolve("plots/vllm_comparison_plots.pdf"))).contains("SLO attainment over rate",
        "SLO attainment over SLO scale", "90 %", "TTFT only", "TPOT only", "colocated", "disaggregated 1P1D",
        "improvement 1.");
    assertThat(folder.resolve("plots/goodput-over-rate.svg")).content().contains("improvement 1.");
    assertThat(folder.resolve("plots/goodput-over-slo-scale.svg")).content().contains("SLO scale (1 = TTFT 500 ms");
  }

  @Test
  void aReportHasTheCurvesOfItsDeployments() throws Exception {
    Path both = new QueuedRun(folder).write();
    Reports.write(Bundle.open(both));
    assertThat(both.resolve("plots/vllm_comparison_plots.pdf")).exists();

    Path one = new QueuedRun(folder.resolve("one")).colocatedOnly().write();
    Reports.write(Bundle.open(one));
    assertThat(textOf(one.resolve("plots/vllm_benchmark_plots.pdf"))).contains("SLO attainment over rate", "3.7")
        .doesNotContain("improvement");
    assertThat(one.resolve("plots/vllm_comparison_plots.pdf")).doesNotExist();
  }

  /** Letters can only be read back when their font is in the file. */
  private static String textOf(Path page) throws IOException {
    try (PDDocument document = Loader.loadPDF(page.toFile())) {
      assertThat(document.getNumberOfPages()).isOne();
      return new PDFTextStripper().getText(document);
    }
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
