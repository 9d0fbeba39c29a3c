package dev.attain.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attain.schedule.RateProfile.Burst;
import dev.attain.schedule.RateProfile.Flat;
import dev.attain.schedule.RateProfile.Ramp;
import dev.attain.schedule.RateProfile.Step;
import dev.attain.schedule.RateProfile.Steps;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateProfileTest {
  private static final Burst BURST = new Burst(5, Duration.ofSeconds(10), Duration.ofSeconds(2));
  private static final Steps STEPS = new Steps(List.of(new Step(1, Duration.ofSeconds(4)),
      new Step(0, Duration.ofSeconds(2)), new Step(3, Duration.ofSeconds(1))));
  private static final List<RateProfile> PROFILES = List.of(new Flat(), new Ramp(0, 2, Duration.ofSeconds(7)),
      new Ramp(3, 0.5, Duration.ofSeconds(7)), BURST, new Burst(0, Duration.ofSeconds(10), Duration.ofSeconds(2)),
      STEPS);

  @Test
  void aFlatProfileChangesNoArrival() {
    assertThat(plan(new Flat(), 3, 400).hash())
        .isEqualTo(ArrivalSchedule.plan(new ArrivalProcess.Poisson(), 42, 3, new Extent.Requests(400)).hash());
  }

  @Test
  void stepsHoldTheirFactorsForTheirTimesAndTheLastOneStays() {
    ArrivalSchedule schedule = constant(STEPS, 10, Duration.ofSeconds(9));
    assertThat(due(schedule, 0, 4)).isEqualTo(40);
    assertThat(due(schedule, 4, 6)).isZero();
    assertThat(due(schedule, 6, 7)).isEqualTo(30);
    assertThat(due(schedule, 7, 9)).isEqualTo(60);
  }

  @Test
  void aBurstMultipliesTheRateInTheMiddleOfEachPeriod() {
    ArrivalSchedule schedule = constant(BURST, 10, Duration.ofSeconds(20));
    assertThat(due(schedule, 0, 4)).isEqualTo(40);
    assertThat(due(schedule, 4, 6)).isEqualTo(100);
    assertThat(due(schedule, 6, 14)).isEqualTo(80);
    assertThat(due(schedule, 14, 16)).isEqualTo(100);
    assertThat(due(schedule, 16, 20)).isEqualTo(40);
  }

  @Test
  void aBurstOfNothingIsAPause() {
    ArrivalSchedule schedule = constant(PROFILES.get(4), 10, Duration.ofSeconds(10));
    assertThat(due(schedule, 4, 6)).isZero();
    assertThat(schedule.size()).isEqualTo(80);
  }

  @Test
  void aRampRaisesTheRateInAStraightLineAndStays() {
    ArrivalSchedule schedule = constant(new Ramp(0, 2, Duration.ofSeconds(10)), 10, Duration.ofSeconds(15));
    assertThat(due(schedule, 0, 5)).isEqualTo(25);
    assertThat(due(schedule, 5, 10)).isEqualTo(75);
    assertThat(due(schedule, 10, 15)).isEqualTo(100);
  }

  @Test
  void everyProfileSeesTheSameArrivalsMovedInTime() {
    for (RateProfile profile : PROFILES) {
      ArrivalSchedule flat = plan(new Flat(), 3, 400);
      ArrivalSchedule shaped = plan(profile, 3, 400);
      for (int index = 0; index < 400; index++) {
        double seconds = shaped.intendedNanos(index) / 1e9;
        assertThat(profile.flatSeconds(seconds)).as("%s, request %d", profile, index)
            .isCloseTo(flat.intendedNanos(index) / 1e9, within(1e-6));
      }
    }
  }

  @Test
  void theRateStretchesArrivalsBetweenTheEdgesAndLeavesTheEdgesWhereTheyAre() {
    for (int rate : new int[]{10, 100}) {
      assertThat(due(constant(STEPS, rate, Duration.ofSeconds(9)), 4, 6)).isZero();
      assertThat(due(constant(STEPS, rate, Duration.ofSeconds(9)), 6, 7)).isEqualTo(3L * rate);
    }
  }

  @Test
  void arrivalsOfAProfileNeverGoBackAndAShorterExtentIsAPrefix() {
    for (RateProfile profile : PROFILES) {
      ArrivalSchedule whole = plan(profile, 30, 2000);
      ArrivalSchedule prefix = plan(profile, 30, 700);
      for (int index = 1; index < 2000; index++) {
        assertThat(whole.intendedNanos(index)).isGreaterThanOrEqualTo(whole.intendedNanos(index - 1));
      }
      assertThat(IntStream.range(0, 700).mapToLong(prefix::intendedNanos).toArray())
          .isEqualTo(IntStream.range(0, 700).mapToLong(whole::intendedNanos).toArray());
    }
  }

  @Test
  void whatNoRequestCouldComeOfIsRefused() {
    assertThatThrownBy(() -> new Steps(List.of(new Step(1, Duration.ofSeconds(1)), new Step(0, Duration.ofSeconds(1)))))
        .hasMessage("the last step must have a factor above 0, otherwise no request is due after it");
    assertThatThrownBy(() -> new Ramp(1, 0, Duration.ofSeconds(1))).hasMessageContaining("must end above 0");
    assertThatThrownBy(() -> new Burst(2, Duration.ofSeconds(2), Duration.ofSeconds(2)))
        .hasMessage("bursts must come less often than they last, but one of 2 s comes every 2 s");
    assertThatThrownBy(() -> new Step(-1, Duration.ofSeconds(1)))
        .hasMessage("the factor of a step must be from 0 to 1000, but is -1.0");
  }

  private static ArrivalSchedule plan(RateProfile profile, double rate, int count) {
    return ArrivalSchedule.plan(new ArrivalProcess.Poisson(), profile, 42, rate, new Extent.Requests(count));
  }

  private static ArrivalSchedule constant(RateProfile profile, double rate, Duration duration) {
    return ArrivalSchedule.plan(new ArrivalProcess.Constant(), profile, 1, rate, new Extent.Time(duration));
  }

  private static long due(ArrivalSchedule schedule, double from, double to) {
    return IntStream.range(0, schedule.size()).mapToDouble(index -> schedule.intendedNanos(index) / 1e9)
        .filter(seconds -> seconds >= from - 1e-9 && seconds < to - 1e-9).count();
  }
}
