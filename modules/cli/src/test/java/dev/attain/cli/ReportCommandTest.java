package dev.attain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.report.Reports;
import dev.attain.results.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  @RegisterExtension
  final Printed printed = new Printed();
  @TempDir
  Path folder;

  private int report(Object... arguments) {
    return printed.attain("report", arguments);
  }

  private void refused(String sentence, Object... arguments) {
    assertThat(report(arguments)).as(printed.err()).isEqualTo(3);
    assertThat(printed.err()).contains(sentence).hasLineCount(1).doesNotContain("\tat ");
  }

  @Test
  void withoutOptionsTheViewsOfTheBundleAreMadeAgainAndNothingElseChanges() throws Exception {
    Path bundle = new QueuedRun(folder).at("4, 12").write();
    Reports.write(Bundle.open(bundle));
    Map<String, String> before = contents(bundle);
    Files.delete(bundle.resolve("report.html"));
    Files.delete(bundle.resolve("summary.csv"));
    Files.writeString(bundle.resolve("report.md"), "scribbled over");

    assertThat(report(bundle)).as(printed.err()).isZero();

    assertThat(contents(bundle).keySet()).isEqualTo(before.keySet());
    assertThat(contents(bundle)).containsAllEntriesOf(measured(before));
    assertThat(bundle.resolve("report.md")).content().contains("## Verdicts", "How much the requests prove");
    assertThat(printed.out()).contains("colocated", "FAIL", "PASS", "report: " + bundle.resolve("report.html"))
        .doesNotContain("other objectives");
  }

  @Test
  void otherObjectivesGiveOtherVerdictsInAFolderThatNamesThem() throws Exception {
    Path bundle = new QueuedRun(folder).at("4, 8").write();
    Reports.write(Bundle.open(bundle));
    Map<String, String> before = contents(bundle);
    Path views = bundle.resolve("views/ttft-120ms-tpot-30ms");

    assertThat(report(bundle, "--ttft-slo", "0.12s")).as(printed.err()).isZero();

    assertThat(contents(bundle)).containsAllEntriesOf(before);
    String said = "Judged by other objectives than the run's: 90 % of requests with TTFT within 120 ms and TPOT within"
        + " 30 ms. The run had 90 % of requests with TTFT within 500 ms and TPOT within 30 ms.";
    assertThat(printed.out()).contains(said, "colocated stays below 4 req/s",
        "report: " + views.resolve("report.html"));
    assertThat(views.resolve("report.html")).content().contains("within 120 ms", "objectives of the run");
    assertThat(views.resolve("report.md")).content().contains(said);
    assertThat(views.resolve("summary.csv")).content().contains(",FAIL,").hasLineCount(5);
    assertThat(views.resolve("plots/goodput-over-slo-scale.svg")).content().contains("SLO scale (1 = TTFT 120 ms");
    assertThat(views.resolve("plots/vllm_comparison_plots.pdf")).exists();
  }

  @Test
  void theTargetIsAnObjectiveToo() throws Exception {
    Path bundle = new QueuedRun(folder).at("4, 8").write();

    assertThat(report(bundle, "--atta-target", 99.5, "--tpot-slo", 1)).isZero();
    assertThat(bundle.resolve("views/ttft-500ms-tpot-1ms-target-99.5percent/report.html")).exists();

    Path elsewhere = folder.resolve("else/where");
    assertThat(report(bundle, "--atta-target", 50, "--output", elsewhere)).isZero();
    assertThat(elsewhere.resolve("report.md")).content().contains("50 % of requests with TTFT within 500 ms");
    assertThat(bundle.resolve("report.md")).doesNotExist();
  }

  @Test
  void aRunThatDiedIsReportedAsFarAsItCame() throws Exception {
    Path bundle = new QueuedRun(folder).at("4, 8").dyingInTheThirdPoint().write();

    assertThat(report(bundle)).as(printed.err()).isZero();
    assertThat(printed.out()).contains("This bundle is incomplete", "2 of 4 points were finished",
        "disaggregated-4qps-1 was not finished and has no verdict: 400 of its requests are on record, of which 400"
            + " completed",
        "disaggregated: not measured.");
    assertThat(bundle.resolve("report.md")).content().contains("disaggregated-4qps-1 was not finished");
  }

  @Test
  void badInputIsOneSentence() throws Exception {
    Path bundle = new QueuedRun(folder).at("4, 8").write();

    refused("is not a bundle: it has no manifest.json", folder.resolve("nowhere"));
    refused("--atta-target is a percentage above 0 and at most 100, not 0.0", bundle, "--atta-target", 0);
    refused("--atta-target is a percentage above 0 and at most 100, not 100.5", bundle, "--atta-target", 100.5);
    refused("--ttft-slo is a time in ms above 0", bundle, "--ttft-slo", "0s");
    refused("--tpot-slo is a time in ms above 0", bundle, "--tpot-slo", -25);
    refused("'soon' is not a time; write milliseconds, or a unit", bundle, "--ttft-slo", "soon");
    refused("has the views of the run, which had other objectives", bundle, "--ttft-slo", 1, "--output", bundle);
    refused("is another bundle", bundle, "--output", new QueuedRun(folder.resolve("other")).at("4, 8").write());
    refused("succeeded, so that there is nothing to judge (400 of a point ended as FAILED: HTTP 500)",
        new QueuedRun(folder.resolve("failing")).failing().write());
  }

  @Test
  void damagedFilesAreNamed() throws Exception {
    Path bundle = new QueuedRun(folder).at("4, 8").write();
    Path requests = bundle.resolve("colocated/points/colocated-4qps-1/requests.jsonl.gz");
    byte[] whole = Files.readAllBytes(requests);
    Files.write(requests, Arrays.copyOf(whole, whole.length / 2));
    refused("requests.jsonl.gz: ", bundle);
    assertThat(printed.err()).containsPattern("\\d+ of its 400 records can be read: it was cut off");

    Path summary = bundle.resolve("colocated/points/colocated-4qps-1/summary.json");
    String text = Files.readString(summary);
    Files.writeString(summary, text.replaceFirst("\"schemaVersion\" : 1", "\"schemaVersion\" : 2"));
    refused("summary.json: schemaVersion is 2; this program reads version 1", bundle);
    Files.writeString(summary, text.replaceFirst("\"schemaVersion\" : 1,", ""));
    refused("summary.json: schemaVersion is missing; this program reads version 1", bundle);

    Files.writeString(bundle.resolve("manifest.json"), "{\"schemaVersion\": 1, \"kind\": \"plan\"}");
    refused("manifest.json: not a readable PlanManifest: ", bundle);
  }

  private static Map<String, String> measured(Map<String, String> files) {
    var measured = new TreeMap<>(files);
    measured.keySet().removeIf(file -> file.startsWith("plots/") || file.matches("report\\..*|summary\\.csv"));
    assertThat(measured).hasSizeGreaterThan(10);
    return measured;
  }

  /** Files below a folder with a fingerprint of what is in them. */
  private static Map<String, String> contents(Path root) throws IOException {
    var contents = new TreeMap<String, String>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(root.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)) + "");
      }
    }
    return contents;
  }
}
