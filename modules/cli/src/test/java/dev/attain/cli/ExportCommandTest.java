package dev.attain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.results.Export;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
  @RegisterExtension
  final Printed printed = new Printed();
  @TempDir
  Path folder;

  private int export(Object... arguments) {
    return printed.attain("export", arguments);
  }

  private void refused(String sentence, Object... arguments) {
    assertThat(export(arguments)).as(printed.err()).isEqualTo(3);
    assertThat(printed.err()).contains(sentence).hasLineCount(1).doesNotContain("\tat ");
  }

  @Test
  void everyPointIsAFileInAFolderOfItsFormat() throws Exception {
    Path bundle = new QueuedRun(folder).at("4, 8").write();

    assertThat(export(bundle, "--format", "csv")).as(printed.err()).isZero();
    assertThat(printed.out()).hasLineCount(4).contains(
        bundle.resolve("exports/csv/colocated-4qps-1.csv") + ": 400 requests");
    assertThat(bundle.resolve("exports/csv/disaggregated-8qps-1.csv")).content().hasLineCount(401);
  }

  @Test
  void onePointAndAnotherFolderCanBeAskedFor() throws Exception {
    Path bundle = new QueuedRun(folder).at("4, 8").write();
    Path out = folder.resolve("out");

    assertThat(export(bundle, "--format", "JSONL", "--point", "colocated-8qps-1", "--output", out)).isZero();
    assertThat(out.toFile().list()).containsExactly("colocated-8qps-1.jsonl");

    assertThat(export(bundle, "--format", "vllm", "--output", out)).isZero();
    assertThat(Main.execute(new String[]{"compare", "--simple-dir", out.resolve("colocated").toString(), "--nixl-dir",
        out.resolve("disaggregated").toString(), "--ttft-slo", "500", "--tpot-slo", "30"})).isZero();
  }

  @Test
  void theHelpNamesEveryColumn() {
    assertThat(export("--help")).isZero();
    assertThat(printed.out()).contains(Export.columns());
  }

  @Test
  void badInputIsOneSentence() throws Exception {
    Path bundle = new QueuedRun(folder).at("4, 8").write();

    refused("Missing required option: '--format=FORMAT'", bundle);
    refused("expected one of [VLLM, CSV, JSONL] (case-insensitive) but was 'xml'", bundle, "--format", "xml");
    refused("is not a bundle", folder.resolve("nowhere"), "--format", "csv");
    refused("no point is called x; there are colocated-4qps-1, colocated-8qps-1, disaggregated-4qps-1", bundle,
        "--format", "csv", "--point", "x");
    Path requests = bundle.resolve("colocated/points/colocated-4qps-1/requests.jsonl.gz");
    Files.write(requests, Arrays.copyOf(Files.readAllBytes(requests), 3000));
    refused("of its 400 records can be read: it was cut off", bundle, "--format", "jsonl");
  }
}
