package dev.attain.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attain.schedule.ArrivalProcess.Constant;
import dev.attain.schedule.ArrivalProcess.Gamma;
import dev.attain.schedule.ArrivalProcess.Poisson;
import dev.attain.schedule.ArrivalProcess.Trace;
import dev.attain.schedule.Extent.Requests;
import dev.attain.schedule.Extent.Time;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalScheduleTest {
  private static final double[] RECORDED = IntStream.range(0, 500).mapToDouble(i -> 3 + i * 0.2 + i % 7 * 0.1).sorted()
      .toArray();
  private static final List<ArrivalProcess> PROCESSES = List.of(new Poisson(), new Gamma(0.25), new Gamma(4),
      new Constant(), new Trace(RECORDED));
  private static final List<ArrivalProcess> RANDOM_PROCESSES = List.of(new Poisson(), new Gamma(0.25), new Gamma(4));

  @Test
  void sameSeedGivesTheSameHashAndAnotherSeedAnother() {
    for (ArrivalProcess process : RANDOM_PROCESSES) {
      for (long seed : new long[]{Long.MIN_VALUE, -1, 0, 1, 42}) {
        assertThat(plan(process, seed, 7, 200).hash()).isEqualTo(plan(process, seed, 7, 200).hash())
            .isNotEqualTo(plan(process, seed + 1, 7, 200).hash());
      }
    }
  }

  @Test
  void hashSeesTheRateAndTheNumberOfArrivals() {
    String hash = plan(new Poisson(), 1, 7, 200).hash();
    assertThat(hash).startsWith("sha256:").hasSize(7 + 64);
    assertThat(plan(new Poisson(), 1, 7.001, 200).hash()).isNotEqualTo(hash);
    assertThat(plan(new Poisson(), 1, 7, 199).hash()).isNotEqualTo(hash);
  }

  /** Whoever changes these has changed the meaning of every seed in every published result. */
  @Test
  void seedsKeepTheirMeaning() {
    assertThat(plan(new Poisson(), 42, 10, 1000).hash())
        .isEqualTo("sha256:2c55de0730254323e26c87ec67b7a54f767ea4093fa89f9ede0203ef030bc72b");
    assertThat(plan(new Gamma(0.25), 42, 10, 1000).hash())
        .isEqualTo("sha256:a87d2468b35ea4dd3a6e102f4ff4d70906fc70cd13525fc4f64c1178db951b4b");
  }

  @Test
  void longSchedulesAreHashedToTheLastArrival() {
    ArrivalSchedule schedule = plan(new Constant(), 0, 1, 20_000);
    assertThat(schedule.hash()).isNotEqualTo(plan(new Constant(), 0, 1, 19_999).hash());
    assertThat(schedule.intendedNanos(19_999)).isEqualTo(19_999_000_000_000L);
  }

  @Test
  void offsetsAtAnyRateAreThoseAtUnitRateDividedByIt() {
    SplittableRandom random = new SplittableRandom(1);
    for (ArrivalProcess process : PROCESSES) {
      ArrivalSchedule unit = plan(process, 5, 1, 500);
      for (int trial = 0; trial < 20; trial++) {
        double rate = Math.exp(random.nextDouble(-3, 7));
        ArrivalSchedule scaled = plan(process, 5, rate, 500);
        for (int index = 0; index < 500; index++) {
          // Both sides are rounded to a nanosecond: half of one here, half of one at unit rate divided by the rate.
          assertThat((double) scaled.intendedNanos(index)).isCloseTo(unit.intendedNanos(index) / rate,
              within(0.501 + 0.5 / rate));
        }
      }
    }
  }

  @Test
  void arrivalsNeverGoBack() {
    for (ArrivalProcess process : PROCESSES) {
      ArrivalSchedule schedule = plan(process, 9, 100, 500);
      assertThat(IntStream.range(0, schedule.size()).mapToLong(schedule::intendedNanos)).isSorted()
          .allMatch(nanos -> nanos >= 0);
    }
  }

  @Test
  void durationGivesAPrefixOfTheScheduleByCount() {
    SplittableRandom random = new SplittableRandom(2);
    for (ArrivalProcess process : PROCESSES) {
      for (int trial = 0; trial < 20; trial++) {
        double rate = Math.exp(random.nextDouble(0, 3));
        long seed = random.nextLong();
        long endNanos = random.nextLong(1, 20_000_000_000L);
        ArrivalSchedule byCount = plan(process, seed, rate, 500);
        ArrivalSchedule byTime = ArrivalSchedule.plan(process, seed, rate, new Time(Duration.ofNanos(endNanos)));
        for (int index = 0; index < Math.min(byTime.size(), 500); index++) {
          assertThat(byTime.intendedNanos(index)).isEqualTo(byCount.intendedNanos(index)).isLessThan(endNanos);
        }
        if (byTime.size() < byCount.size()) {
          assertThat(byCount.intendedNanos(byTime.size())).isGreaterThanOrEqualTo(endNanos);
        }
      }
    }
  }

  @Test
  void burstFarAboveTheExpectedNumberIsKeptWhole() {
    ArrivalProcess bursty = new Gamma(0.001);
    int largest = 0;
    for (long seed = 0; seed < 2000; seed++) {
      ArrivalSchedule schedule = ArrivalSchedule.plan(bursty, seed, 1, new Time(Duration.ofSeconds(10)));
      if (schedule.size() > largest) {
        largest = schedule.size();
        assertThat(schedule.hash()).isEqualTo(plan(bursty, seed, 1, largest).hash());
      }
    }
    assertThat(largest).isGreaterThan(1200);
  }

  @Test
  void constantArrivalsFillADurationExactly() {
    for (double rate : new double[]{0.1, 1, 3, 7, 10, 1000}) {
      ArrivalSchedule schedule = ArrivalSchedule.plan(new Constant(), 0, rate, new Time(Duration.ofSeconds(100)));
      assertThat(schedule.size()).isEqualTo((int) Math.round(100 * rate));
      assertThat(schedule.intendedNanos(0)).isZero();
      assertThat(schedule.intendedNanos(schedule.size() - 1)).isEqualTo(Math.round((schedule.size() - 1) / rate * 1e9));
    }
  }

  @Test
  void traceAtItsOwnRateIsReplayedAsRecorded() {
    Trace trace = new Trace(RECORDED);
    ArrivalSchedule schedule = plan(trace, 0, trace.requestsPerSecond(), 500);
    for (int index = 0; index < 500; index++) {
      assertThat((double) schedule.intendedNanos(index)).isCloseTo((RECORDED[index] - RECORDED[0]) * 1e9, within(2.0));
    }
  }

  @Test
  void traceHasTheMeanRateAskedFor() {
    ArrivalSchedule schedule = plan(new Trace(new double[]{10, 10, 11, 19, 20}), 0, 8, 5);
    assertThat(IntStream.range(0, 5).mapToLong(schedule::intendedNanos).toArray()).containsExactly(0, 0, 50_000_000,
        450_000_000,
        500_000_000);
  }

  @Test
  void traceThatIsTooShortEndsTheScheduleInsteadOfRepeating() {
    ArrivalProcess trace = new Trace(RECORDED);
    assertThat(plan(trace, 0, 10, 1000).size()).isEqualTo(500);
    assertThat(ArrivalSchedule.plan(trace, 0, 10, new Time(Duration.ofHours(1))).size()).isEqualTo(500);
  }

  @Test
  void traceDoesNotShareItsArray() {
    double[] seconds = {0, 1, 2};
    Trace trace = new Trace(seconds);
    seconds[1] = 100;
    trace.offsetsSeconds()[2] = 100;
    assertThat(trace).isEqualTo(new Trace(new double[]{0, 1, 2}));
  }

  @Test
  void durationBeforeTheFirstArrivalGivesNone() {
    assertThat(ArrivalSchedule.plan(new Poisson(), 1, 0.001, new Time(Duration.ofNanos(1))).size()).isZero();
  }

  @Test
  void burstinessOneIsPoissonToTheLastBit() {
    assertThat(plan(new Gamma(1), 3, 5, 100).hash()).isEqualTo(plan(new Poisson(), 3, 5, 100).hash());
  }

  @Test
  void wrongRatesAreRefused() {
    for (double rate : new double[]{0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> plan(new Poisson(), 1, rate, 1)).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("above 0 requests per second").hasMessageContaining(String.valueOf(rate));
    }
    assertThatThrownBy(() -> plan(new Constant(), 1, 1e-300, 2)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too low");
  }

  @Test
  void wrongExtentsAreRefused() {
    assertThatThrownBy(() -> new Requests(0)).hasMessageContaining("at least 1, but is 0");
    assertThatThrownBy(() -> new Requests(50_000_001)).hasMessageContaining("at most 50000000");
    assertThatThrownBy(() -> new Time(Duration.ZERO)).hasMessageContaining("longer than zero");
    assertThatThrownBy(() -> new Time(Duration.ofDays(367))).hasMessageContaining("at most 366 days");
    assertThatThrownBy(() -> ArrivalSchedule.plan(new Poisson(), 1, 1e6, new Time(Duration.ofHours(1))))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("more than the 50000000 requests");
  }

  @Test
  void wrongProcessesAreRefused() {
    for (double burstiness : new double[]{0, -1, Double.NaN, Double.POSITIVE_INFINITY, 0.0009}) {
      assertThatThrownBy(() -> new Gamma(burstiness)).hasMessageContaining("burstiness must be from");
    }
    assertThatThrownBy(() -> new Trace(new double[]{1})).hasMessageContaining("two different times");
    assertThatThrownBy(() -> new Trace(new double[]{1, 1})).hasMessageContaining("two different times");
    assertThatThrownBy(() -> new Trace(new double[]{1, 3, 2})).hasMessageContaining("must ascend, but arrival 2");
    assertThatThrownBy(() -> new Trace(new double[]{1, Double.NaN})).hasMessageContaining("finite");
  }

  private static ArrivalSchedule plan(ArrivalProcess process, long seed, double rate, int count) {
    return ArrivalSchedule.plan(process, seed, rate, new Requests(count));
  }
}
