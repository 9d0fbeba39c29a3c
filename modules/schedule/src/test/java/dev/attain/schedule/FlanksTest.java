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
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlanksTest {
  private static final double[] RECORDED = IntStream.range(0, 300).mapToDouble(i -> 3 + i * 0.2 + i % 7 * 0.1).sorted()
      .toArray();
  private static final List<ArrivalProcess> PROCESSES = List.of(new Poisson(), new Gamma(0.25), new Constant(),
      new Trace(RECORDED));
  private static final Duration LEAD = Duration.ofSeconds(4);
  private static final RateProfile FLAT = new RateProfile.Flat();

  private static Flanks plan(ArrivalProcess process, RateProfile profile, double rate, Extent extent, Duration in,
      Duration out) {
    return ArrivalSchedule.plan(process, profile, 7, rate, extent).flanks(in, out);
  }

  @Test
  void theyLieAroundThePointAndAscend() {
    for (ArrivalProcess process : PROCESSES) {
      for (Extent extent : List.of(new Requests(100), new Time(Duration.ofSeconds(5)))) {
        ArrivalSchedule schedule = ArrivalSchedule.plan(process, 7, 20, extent);
        Flanks flanks = plan(process, FLAT, 20, extent, LEAD, LEAD);
        long end = extent instanceof Time(Duration duration)
            ? duration.toNanos()
            : schedule.intendedNanos(schedule.size() - 1);

        assertThat(flanks.before()).as("%s, %s", process, extent).isNotEmpty().isSorted();
        assertThat(flanks.before()[0]).isGreaterThanOrEqualTo(-LEAD.toNanos());
        assertThat(Arrays.stream(flanks.before()).max().orElseThrow()).isNegative();
        assertThat(flanks.after()).isNotEmpty().isSorted();
        assertThat(flanks.after()[0]).isGreaterThanOrEqualTo(end);
        assertThat(Arrays.stream(flanks.after()).max().orElseThrow()).isLessThan(end + LEAD.toNanos());
      }
    }
  }

  @Test
  void theirRateIsThatOfThePoint() {
    Duration lead = Duration.ofSeconds(100);
    for (ArrivalProcess process : List.of(new Poisson(), new Gamma(0.25), new Constant())) {
      Flanks flanks = plan(process, FLAT, 200, new Requests(10), lead, lead);

      assertThat((double) flanks.before().length).isCloseTo(20_000, within(1_200.0));
      assertThat((double) flanks.after().length).isCloseTo(20_000, within(1_200.0));
    }
  }

  @Test
  void thoseAfterTheLastContinueTheSchedule() {
    ArrivalSchedule longer = ArrivalSchedule.plan(new Poisson(), 7, 20, new Requests(500));
    long[] after = plan(new Poisson(), FLAT, 20, new Requests(100), Duration.ZERO, LEAD).after();

    assertThat(after).isEqualTo(IntStream.range(100, 100 + after.length).mapToLong(longer::intendedNanos).toArray());
  }

  @Test
  void beforeTheStartTheRateIsThatOfItsFirstInstant() {
    var steps = new RateProfile.Steps(List.of(new RateProfile.Step(3, LEAD), new RateProfile.Step(1, LEAD)));
    var ramp = new RateProfile.Ramp(0, 1, LEAD);

    assertThat(plan(new Constant(), steps, 20, new Requests(10), LEAD, LEAD).before()).hasSize(240);
    assertThat(plan(new Constant(), ramp, 20, new Requests(10), LEAD, LEAD).before()).isEmpty();
  }

  @Test
  void gapsBeforeAreNotThoseAfterInReverse() {
    ArrivalSchedule schedule = ArrivalSchedule.plan(new Poisson(), 7, 20, new Requests(100));
    long[] before = plan(new Poisson(), FLAT, 20, new Requests(100), LEAD, LEAD).before();

    assertThat(before[before.length - 1]).isNotEqualTo(-schedule.intendedNanos(0));
    assertThat(before).isEqualTo(plan(new Poisson(), FLAT, 20, new Requests(100), LEAD, LEAD).before());
  }

  @Test
  void theHashSeesThem() {
    ArrivalSchedule schedule = ArrivalSchedule.plan(new Poisson(), 7, 20, new Requests(100));

    assertThat(schedule.flanks(Duration.ZERO, Duration.ZERO).hash()).isEqualTo(schedule.hash());
    assertThat(schedule.flanks(LEAD, Duration.ZERO).hash()).isNotEqualTo(schedule.hash())
        .isNotEqualTo(schedule.flanks(Duration.ZERO, LEAD).hash());
  }

  @Test
  void aTraceBeginsWithItsEndAndHasNoMoreThanItsGaps() {
    long[] before = plan(new Trace(new double[]{0, 1, 4}), FLAT, 0.5, new Requests(3), Duration.ofHours(1),
        Duration.ZERO).before();

    assertThat(before).as("gaps of 3 and 1 s at 0.5 requests/s, 0.75 of the trace's own rate").hasSize(2);
    assertThat((double) before[0] / before[1]).isCloseTo(4 / 3.0, within(1e-6));
  }

  @Test
  void moreThanAnyoneSendsIsRefused() {
    assertThatThrownBy(() -> plan(new Poisson(), FLAT, 1e6, new Requests(1), Duration.ofHours(1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("lead-in of 3600 s");
  }
}
