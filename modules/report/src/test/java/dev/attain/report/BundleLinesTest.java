package dev.attain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.results.Bundle;
import dev.attain.results.BundleOverview;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleLinesTest {
  @TempDir
  Path folder;

  @Test
  void aBundleIsItsFactsItsDeploymentsAndItsFolder() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8", 1).point("colocated", 8, 1).point("disaggregated", 8, 0.5).complete();

    List<String> lines = BundleLines.of(BundleOverview.under(bundle.folder()), false);

    assertThat(lines).hasSize(4);
    assertThat(lines.getFirst()).contains("azure-conversation/colocated+disaggregated  2 point files, 0 plots, ")
        .endsWith("1 PASS, 1 FAIL");
    assertThat(lines.subList(1, 4)).containsExactly("    colocated: Instances:2, TP:1, Model:llama-3.1-8b",
        "    disaggregated: PF:1, D:1, TP:1x1, Model:llama-3.1-8b", "    " + bundle.folder());
  }

  @Test
  void aBrokenBundleIsOneLine() throws Exception {
    Path broken = Files.createDirectories(folder.resolve("x_20261122_065552"));
    Files.writeString(broken.resolve("manifest.json"), "{");

    assertThat(BundleLines.of(BundleOverview.under(folder), false)).singleElement().asString()
        .contains("unreadable  " + broken + ": " + broken.resolve("manifest.json") + ": not a readable");
  }

  @Test
  void aFilterLooksAtEverythingThatIsShown() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8", 1).point("colocated", 8, 1).incomplete("somebody stopped it");
    BundleOverview it = BundleOverview.under(bundle.folder()).getFirst();

    assertThat(List.of("pf:1", "Azure", "pass", "somebody")).allMatch(text -> BundleLines.mentions(it, text));
    assertThat(BundleLines.mentions(it, "INVALID")).isFalse();
  }
}
