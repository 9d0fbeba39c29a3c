package dev.attain.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.results.BundleOverview.Kind;
import dev.attain.results.BundleOverview.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleOverviewTest {
  @TempDir
  Path folder;

  @Test
  void aBundleIsToldByItsManifestAndItsFiles() throws Exception {
    Path bundle = SampleRun.write(folder.resolve("results"), SampleRun.twoDeployments(folder));
    Files.writeString(Files.createDirectories(bundle.resolve("plots")).resolve("a.svg"), "<svg/>");

    BundleOverview it = BundleOverview.under(folder.resolve("results")).getFirst();

    assertThat(it.folder()).isEqualTo(bundle);
    assertThat(it.kind()).isEqualTo(Kind.RUN);
    assertThat(it.startedAt()).isEqualTo(SampleRun.STARTED);
    assertThat(it.deployments()).containsExactly(
        new Shape("colocated", "Instances:2, TP:1, Model:llama-3.1-8b"),
        new Shape("disaggregated", "PF:1, D:1, TP:1x1, Model:llama-3.1-8b"));
    assertThat(it.pointFiles()).isEqualTo(4);
    assertThat(it.plots()).isEqualTo(1);
    assertThat(it.verdicts().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(4);
    assertThat(it.bytes()).isGreaterThan(Files.size(bundle.resolve("manifest.json")));
    assertThat(it.problem()).isEmpty();
  }

  @Test
  void viewsAndExportsThatWereMadeOfABundleAreNotCountedTwice() throws Exception {
    Path root = folder.resolve("results");
    Path bundle = SampleRun.write(root, SampleRun.oneDeployment(folder));
    write(bundle, "views/ttft-200ms-tpot-25ms/plots/a.svg", "<svg/>");
    write(bundle, "exports/vllm/colocated/vllm-4qps-1.json", "{}");

    BundleOverview it = BundleOverview.under(root).getFirst();

    assertThat(it.pointFiles()).isEqualTo(2);
    assertThat(it.plots()).isZero();
  }

  @Test
  void brokenBundlesAreAmongTheOthersEachWithItsReason() throws Exception {
    Path root = folder.resolve("results");
    SampleRun.write(root, SampleRun.oneDeployment(folder));
    BundleWriter.create(root, SampleRun.oneDeployment(folder), SampleRun.STARTED, SampleRun.PROVENANCE);
    write(root, "a/torn_20261122_065552/manifest.json", "{\"schemaVersion\": 1, \"comp");
    write(root, "a/newer_20261122_065553/manifest.json", "{\"schemaVersion\": 99}");
    write(root, "a/partial_20261122_065554/manifest.json", "{\"schemaVersion\": 1, \"complete\": true}");
    write(root, "a/lost_20261122_065555/summary.csv", "");
    write(root, "a/by-a-script/vllm-4qps-1.json", "{}");
    write(root, "a/notes/readme.txt", "no bundle");

    List<BundleOverview> all = BundleOverview.under(root);

    assertThat(all.stream().filter(it -> it.kind() == Kind.RUN)).hasSize(2)
        .anyMatch(it -> it.problem().equals("incomplete: its program was killed or is still running"));
    assertThat(all.stream().filter(it -> it.kind() == Kind.UNREADABLE)).hasSize(5)
        .allMatch(it -> !it.problem().isEmpty() && !it.problem().contains("\n"));
    assertThat(all).anyMatch(it -> it.problem().contains("schemaVersion is 99"))
        .anyMatch(it -> it.problem().equals("it has no manifest.json") && it.pointFiles() == 1);
  }

  @Test
  void newestBundlesStandFirst() throws Exception {
    Path root = folder.resolve("results");
    BundleWriter.create(root, SampleRun.oneDeployment(folder), SampleRun.STARTED, SampleRun.PROVENANCE);
    BundleWriter.create(root, SampleRun.oneDeployment(folder), SampleRun.STARTED.plusSeconds(60),
        SampleRun.PROVENANCE);

    assertThat(BundleOverview.under(root)).extracting(BundleOverview::startedAt)
        .containsExactly(SampleRun.STARTED.plusSeconds(60), SampleRun.STARTED);
  }

  @Test
  void theListIsAlsoJson() throws Exception {
    Path bundle = SampleRun.write(folder.resolve("results"), SampleRun.twoDeployments(folder));

    JsonNode json = Json.MAPPER.readTree(BundleOverview.json(BundleOverview.under(folder.resolve("results"))));

    assertThat(json.get(0).get("folder").asText()).isEqualTo(bundle.toString());
    assertThat(json.get(0).get("kind").asText()).isEqualTo("run");
    assertThat(json.get(0).get("deployments").get(1).get("configuration").asText()).startsWith("PF:1, D:1");
  }

  private static void write(Path root, String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
