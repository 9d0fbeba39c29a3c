package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How far the cost model may be from real engines. */
class AccuracyTest {

  private static Calibration shipped;

  @BeforeAll
  static void run() throws Exception {
    shipped = Calibration.run(List.of());
  }

  @Test
  void everyGroupOfMeasuredFiguresIsWithinItsLimit() {
    assertThat(shipped.groups())
        .allSatisfy(group -> assertThat(group.met()).as(group.toString()).isTrue());
  }

  @Test
  void everyTargetGroupIsMeasured() {
    assertThat(shipped.groups().stream().filter(group -> group.limit().isPresent())).hasSize(19);
  }

  @Test
  void aSlowerEngineIsNoticed() throws Exception {
    assertThat(Calibration.run(List.of("--sim-host-ms", "8")).groups())
        .anySatisfy(group -> assertThat(group.met()).isFalse());
  }

  @Test
  void kneesAreWithinOneStepOfTheMeasuredConcurrency() throws Exception {
    Map<String, List<H100Calibration.ClosedLoop>> series = new H100Calibration(List.of()).closedLoops().stream()
        .collect(Collectors.groupingBy(H100Calibration.ClosedLoop::series));
    series.values().forEach(loops -> {
      List<H100Calibration.ClosedLoop> byUsers = loops.stream()
          .sorted((a, b) -> Integer.compare(a.concurrency(), b.concurrency())).toList();
      double[] measured = byUsers.stream().mapToDouble(H100Calibration.ClosedLoop::tpotMillis).toArray();
      double[] simulated = byUsers.stream().mapToDouble(H100Calibration.ClosedLoop::simulatedTpotMillis).toArray();
      assertThat(Math.abs(knee(measured) - knee(simulated))).as(byUsers.get(0).series()).isLessThanOrEqualTo(1);
    });
  }

  /**
   * Mean times to first token of users that march in step say little, but where the KV cache is full they are many times
   * those of half as many users, and nowhere else.
   */
  @Test
  void theKvCacheIsFullAtTheMeasuredConcurrencyWithinOneStepAndOnlyWhereItWas() throws Exception {
    Map<String, List<H100Calibration.ClosedLoop>> series = new H100Calibration(List.of()).closedLoops().stream()
        .sorted((a, b) -> Integer.compare(a.concurrency(), b.concurrency()))
        .collect(Collectors.groupingBy(H100Calibration.ClosedLoop::series));
    int full = 0;
    for (Map.Entry<String, List<H100Calibration.ClosedLoop>> each : series.entrySet()) {
      double[] measured = each.getValue().stream().mapToDouble(H100Calibration.ClosedLoop::ttftMillis).toArray();
      double[] simulated = each.getValue().stream().mapToDouble(H100Calibration.ClosedLoop::simulatedTtftMillis)
          .toArray();
      assertThat(leap(simulated) < simulated.length).as(each.getKey()).isEqualTo(leap(measured) < measured.length);
      assertThat(Math.abs(leap(measured) - leap(simulated))).as(each.getKey()).isLessThanOrEqualTo(1);
      full += leap(measured) < measured.length ? 1 : 0;
    }
    assertThat(full).as("series that fill the KV cache").isEqualTo(5);
  }

  /** First place at which twice as many users wait three times as long. */
  private static int leap(double[] ttft) {
    int index = 1;
    while (index < ttft.length && ttft[index] < 3 * ttft[index - 1]) {
      index++;
    }
    return index;
  }

  /** First place at which tokens take half as long again as with the fewest users. */
  private static int knee(double[] tpot) {
    int index = 0;
    while (index < tpot.length && tpot[index] < 1.5 * tpot[0]) {
      index++;
    }
    return index;
  }
}
