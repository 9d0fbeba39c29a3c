package dev.attain.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CountsTest {
  private static final int ROUNDS = 2000;

  private final Random random = new Random(17);

  @Test
  void plannedEqualsAllEndingsOnceTheRemainderOfADeadNodeIsLost() {
    for (int round = 0; round < ROUNDS; round++) {
      Counts alive = unfinished();
      Counts dead = alive.withRemainderLost();

      assertThat(dead.conserved()).isTrue();
      assertThat(dead.lost()).isEqualTo(alive.planned() - alive.ended());
      assertThat(dead.inFlight()).isZero();
      assertThat(dead.planned()).isEqualTo(dead.sent() + dead.unsent() + dead.lost());
      assertThat(dead.withRemainderLost()).as("once lost, nothing more is lost").isEqualTo(dead);
    }
  }

  @Test
  void conservationHoldsForTheSumOfSharesThatConserve() {
    Counts total = Counts.none();
    for (int round = 0; round < ROUNDS; round++) {
      total = total.plus(unfinished().withRemainderLost());
      assertThat(total.conserved()).isTrue();
    }
  }

  @Test
  void losingEachShareEqualsLosingTheirSum() {
    for (int round = 0; round < ROUNDS; round++) {
      Counts one = unfinished();
      Counts other = unfinished();
      assertThat(one.withRemainderLost().plus(other.withRemainderLost()))
          .isEqualTo(one.plus(other).withRemainderLost());
    }
  }

  @Test
  void addingIsCommutativeAndAssociativeWithNoneAsNeutralElement() {
    for (int round = 0; round < ROUNDS; round++) {
      Counts a = unfinished();
      Counts b = unfinished();
      Counts c = unfinished();
      assertThat(a.plus(b)).isEqualTo(b.plus(a));
      assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
      assertThat(a.plus(Counts.none())).isEqualTo(a);
      assertThat(a.plus(b).inFlight()).isEqualTo(a.inFlight() + b.inFlight());
    }
  }

  @Test
  void aShareWithOpenRequestsIsNotConserved() {
    assertThat(new Counts(10, 6, 3, 1, 1, 4, 0, 0, 0, 0, 0, 0, 0).conserved()).isFalse();
    assertThat(new Counts(10, 6, 3, 1, 1, 4, 0, 0, 0, 0, 0, 0, 0).inFlight()).isEqualTo(1);
    assertThat(new Counts(10, 6, 4, 1, 1, 4, 0, 0, 0, 0, 0, 0, 0).conserved()).isTrue();
  }

  @Test
  void moreEndingsThanPlannedAreNotHidden() {
    Counts tooMany = new Counts(2, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(tooMany.conserved()).isFalse();
    assertThat(tooMany.withRemainderLost().conserved()).isFalse();
  }

  @Test
  void aNegativeCountIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Counts.ofPlanned(-1)).withMessageContaining("negative");
  }

  private Counts unfinished() {
    long completed = random.nextInt(100);
    long failed = random.nextInt(5);
    long timedOut = random.nextInt(5);
    long unsent = random.nextInt(20);
    long inFlight = random.nextInt(50);
    long future = random.nextInt(200);
    long both = completed / 2;
    return new Counts(completed + failed + timedOut + unsent + inFlight + future,
        completed + failed + timedOut + inFlight, completed, failed, timedOut, unsent, 0, both + completed / 4,
        both + completed / 8, both, completed * 7, completed * 9, completed * 8);
  }
}
