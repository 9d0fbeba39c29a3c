package dev.attain.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalClockTest {
  private static final long WALL_AHEAD = 1_700_000_000_000_000_000L;

  private long monotonic = 5_000;
  private long ahead = WALL_AHEAD;
  private final ArrivalClock clock = new ArrivalClock(() -> monotonic, () -> monotonic + ahead);

  private void look(boolean drained) {
    clock.look(drained);
    clock.compare();
  }

  @Test
  void aStampBecomesTheInstantAtWhichItWasTaken() {
    look(true);
    monotonic += 1_000_000;
    look(true);
    assertThat(clock.instant(monotonic - 300_000 + WALL_AHEAD)).isEqualTo(monotonic - 300_000);
  }

  @Test
  void aWallClockThatIsSetMovesNoInstantOutOfTheTimeSinceTheLastPoll() {
    look(true);
    long lastPoll = monotonic;
    monotonic += 1_000_000;
    long stamp = monotonic - 300_000 + WALL_AHEAD;
    ahead += 3_600_000_000_000L;
    look(true);
    assertThat(clock.instant(stamp)).isEqualTo(lastPoll);

    monotonic += 1_000_000;
    stamp = monotonic - 300_000 + ahead;
    ahead -= 7_200_000_000_000L;
    look(true);
    assertThat(clock.instant(stamp)).isEqualTo(monotonic);
  }

  @Test
  void nothingArrivedBeforeThereWasAClock() {
    long made = monotonic;
    look(true);
    assertThat(clock.instant(made - 97_000 + WALL_AHEAD)).isEqualTo(made);
    look(false);
    assertThat(clock.instant(made - 97_000 + WALL_AHEAD)).isEqualTo(made);
  }

  @Test
  void whatAPollLeftBehindMayBeOlderThanThatPoll() {
    look(true);
    long arrived = monotonic + 100_000;
    monotonic += 1_000_000;
    look(true);
    monotonic += 1_000_000;
    look(false);
    assertThat(clock.instant(arrived + WALL_AHEAD)).isEqualTo(arrived);
  }

  @Test
  void bytesThatComeWhileOthersAreReadAreNotInTheFuture() {
    look(true);
    long polled = monotonic;
    monotonic += 50_000;
    assertThat(clock.instant(polled + 40_000 + WALL_AHEAD)).isEqualTo(polled + 40_000);
    assertThat(clock.instant(polled + 90_000 + WALL_AHEAD)).isEqualTo(monotonic);
  }

  @Test
  void comparingTheClocksForOneReadMovesNoStampOfWhatIsLookedAtLater() {
    look(true);
    long arrived = monotonic + 200_000;
    monotonic += 500_000;
    clock.compare();
    monotonic += 500_000;
    look(true);
    assertThat(clock.instant(arrived + WALL_AHEAD)).isEqualTo(arrived);
  }

  @Test
  void aClosePairOfReadingsIsPreferredToOneThatWasInterrupted() {
    long[] readings = {0, 1_000, 901_000, 902_000, 902_100};
    int[] next = {0};
    ArrivalClock interrupted = new ArrivalClock(() -> readings[Math.min(next[0]++, readings.length - 1)],
        () -> readings[Math.min(next[0], readings.length - 1)] + WALL_AHEAD);
    interrupted.compare();
    assertThat(interrupted.instant(902_050 + WALL_AHEAD)).isBetween(902_000L, 902_150L);
  }
}
