package dev.attain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.results.Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidityPanelTest {
  @TempDir
  Path folder;

  @Test
  void everyCheckHasItsLimitItsWorstPointAndWhetherItHeld() throws Exception {
    String report = report(new SampleBundle(folder, "8, 16", 1).point("colocated", 8, 1).point("colocated", 16, 1)
        .complete());

    assertThat(report).contains("| check | limit | worst | at point | held |",
        "| send lag p99 | 10 ms | 320 us | colocated-8qps-1 | yes |", "| clock bound | 5 ms | 60 us |",
        "| outcomes add up to the plan | always | yes |", "| event loop lag p99 | 10 ms | - | - | not told |",
        "| failed connects | 0 | - | - | not told |").doesNotContain("KV cache transferred");
  }

  @Test
  void aTransferThatFailedIsNamedWithItsPoint() throws Exception {
    var bundle = new SampleBundle(folder, "8, 16", 1).point("colocated", 8, 1)
        .transferring(Map.of("transferredShare", 1.0, "transferredTokens", 600.0)).point("disaggregated", 8, 1)
        .transferring(Map.of("transferredShare", 0.4, "transferredTokens", 240.0, "expiredRequests", 2.0))
        .point("disaggregated", 16, 1).complete();

    assertThat(report(bundle)).contains("| KV cache transferred | some of it, nothing failed | 40.0 %, 2 failed |"
        + " disaggregated-16qps-1 | no, at 1 of 3: disaggregated-16qps-1 |");
  }

  @Test
  void arrivalsThatAreTooEvenForPoissonAreNotAsAskedFor() throws Exception {
    String report = report(new SampleBundle(folder, "8", 1).recorded().point("colocated", 8, 1).complete());

    assertThat(report).contains("index of dispersion", "(Cox and Lewis,",
        "| colocated-8qps-1 | 400 | 20 | 0.00 | 1 | &lt; 0.001 | not as asked for |",
        "| arrivals as asked for | probability 0.001 | index 0.00 | colocated-8qps-1 | no, at 1 of 1:");
  }

  @Test
  void whatCannotBeTestedIsSaidToBeUntested() throws Exception {
    assertThat(report(new SampleBundle(folder, "8", 1).point("colocated", 8, 1).complete())).contains(
        "not tested: no records", "| arrivals as asked for | probability 0.001 | - | - | not told |");
    assertThat(report(SampleBundle.closedLoop(Files.createDirectory(folder.resolve("closed")), "8")
        .point("colocated", 8, 1).complete()))
        .contains("is not tested: in a closed loop the server decides when requests are sent.");
    assertThat(report(new SampleBundle(Files.createDirectory(folder.resolve("waits")), "8", 1).recorded().waiting(3)
        .point("colocated", 8, 1).complete())).contains("not tested: requests waited for others to end");
  }

  private static String report(Bundle bundle) throws Exception {
    Reports.write(bundle);
    return Files.readString(bundle.folder().resolve("report.md"));
  }
}
