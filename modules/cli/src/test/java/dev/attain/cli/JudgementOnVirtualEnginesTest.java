package dev.attain.cli;

import static dev.attain.cli.VirtualQueue.NANOS;
import static dev.attain.cli.VirtualQueue.WARM_UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.Interval;
import dev.attain.simulator.SimulatorException;
import dev.attain.simulator.VirtualOutcome;
import dev.attain.statistics.EffectiveSize;
import dev.attain.statistics.Overload;
import dev.attain.statistics.PercentileInterval;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whether intervals keep what they promise where queues are real and the truth is known. One long run of a simulated
 * engine in virtual time, after a warm-up, is cut into points of 2,000 requests; what holds for the whole run is the truth
 * for each of them.
 */
class JudgementOnVirtualEnginesTest {
  private static final int POINT = 2000;
  private static final int POINTS = 250;

  private static VirtualQueue queue;

  @BeforeAll
  static void startTheEngine() throws SimulatorException {
    queue = VirtualQueue.start();
  }

  /** Latencies in seconds, and the factor on objectives that nine of ten requests would meet each. */
  private record Latencies(double[] ttft, double[] severity) {
    static Latencies of(List<VirtualOutcome> outcomes) {
      double[] ttft = outcomes.stream().mapToDouble(outcome -> outcome.ttftNanos() / NANOS).toArray();
      double[] tpot = outcomes.stream().mapToDouble(outcome -> outcome.tpotNanos() / NANOS).toArray();
      double ttftObjective = at(ttft, 0.9);
      double tpotObjective = at(tpot, 0.9);
      return new Latencies(ttft, IntStream.range(0, ttft.length)
          .mapToDouble(index -> Math.max(ttft[index] / ttftObjective, tpot[index] / tpotObjective)).toArray());
    }
  }

  @ParameterizedTest(name = "at {0} of the capacity")
  @ValueSource(doubles = {0.5, 0.8, 0.95})
  void intervalsAtNinetyFivePerCentCoverTheTruth(double load) {
    List<VirtualOutcome> run = queue.serve(21, load * queue.capacity(), WARM_UP + POINT * POINTS);
    Latencies steady = Latencies.of(run.subList(WARM_UP, run.size()));
    for (double attainment : new double[]{0.8, 0.85, 0.9}) {
      double objective = at(steady.severity(), attainment);
      assertThat(covered(steady.severity(), point -> contains(EffectiveSize
          .ofOutcomes(Arrays.stream(point).map(severity -> severity / objective).toArray())
          .interval(Arrays.stream(point).filter(severity -> severity < objective).count() / (double) POINT),
          attainment)))
          .as("a true attainment of %s", attainment).isBetween(0.92, 0.98);
    }
    // Ranks are rounded outwards: with few independent requests these cover more often than they must.
    for (double percentile : new double[]{50, 90}) {
      assertThat(coverageOfTtft(steady, percentile)).as("the %s. percentile of TTFT", percentile)
          .isGreaterThanOrEqualTo(0.9);
    }
    // Near the capacity the slowest hundredth comes in one bunch every ten points or so.
    assertThat(coverageOfTtft(steady, 99)).as("the 99. percentile of TTFT").isGreaterThanOrEqualTo(0.85);
  }

  private static double coverageOfTtft(Latencies steady, double percentile) {
    double truth = at(steady.ttft(), percentile / 100);
    return covered(steady.ttft(), point -> contains(PercentileInterval.of(point, percentile), truth));
  }

  @ParameterizedTest(name = "at {0} of the capacity, {1} requests")
  @CsvSource({"0.5, 1000, 0, 0.02", "0.8, 1000, 0, 0.05", "1.3, 1000, 0.9, 1", "1.3, 3000, 0.95, 1",
      "2, 1000, 0.95, 1"})
  void overloadIsFoundWhereItIsAndNowhereElse(double load, int count, double atLeast, double atMost) {
    long found = IntStream.range(0, 60).filter(seed -> {
      List<VirtualOutcome> run = queue.serve(100 + seed, load * queue.capacity(), count);
      return Overload.of(run.stream().mapToDouble(outcome -> outcome.request().arrivalNanos() / NANOS).toArray(),
          run.stream().mapToDouble(outcome -> outcome.lastTokenNanos() / NANOS).toArray(),
          run.stream().mapToDouble(outcome -> outcome.ttftNanos() / NANOS / 0.3).toArray()).overloaded();
    }).count();
    assertThat(found / 60.0).isBetween(atLeast, atMost);
  }

  @Test
  void aPointThatIsTakenForIndependentRequestsPromisesTooMuch() {
    List<VirtualOutcome> run = queue.serve(21, 0.8 * queue.capacity(), WARM_UP + POINT * 50);
    double[] severity = Latencies.of(run.subList(WARM_UP, run.size())).severity();
    double objective = at(severity, 0.9);
    assertThat(covered(severity, point -> contains(
        Interval.wilson95(Arrays.stream(point).filter(value -> value < objective).count(), POINT), 0.9)))
        .isLessThan(0.6);
  }

  private static double covered(double[] run, Predicate<double[]> covers) {
    int points = run.length / POINT;
    return IntStream.range(0, points)
        .filter(point -> covers.test(Arrays.copyOfRange(run, point * POINT, (point + 1) * POINT))).count()
        / (double) points;
  }

  private static boolean contains(Interval interval, double truth) {
    return interval.low() <= truth && truth <= interval.high();
  }

  private static boolean contains(PercentileInterval interval, double truth) {
    return interval.low().orElse(Double.NEGATIVE_INFINITY) <= truth
        && truth <= interval.high().orElse(Double.POSITIVE_INFINITY);
  }

  private static double at(double[] values, double quantile) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (quantile * sorted.length)];
  }
}
