package dev.attain.measurement;

import static dev.attain.measurement.RequestRecord.NEVER;
import static dev.attain.measurement.SampleRequests.SLO;
import static dev.attain.measurement.SampleRequests.completed;
import static dev.attain.measurement.SampleRequests.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestRecordTest {
  private static final long MILLI = 1_000_000;

  @Test
  void latencyCountsFromTheIntendedInstant() {
    RequestRecord late = new RequestRecord(3, 10, 5, 5, 5, 100 * MILLI, 160 * MILLI, NEVER, NEVER, 200 * MILLI,
        210 * MILLI, 250 * MILLI, 251 * MILLI, Outcome.COMPLETED, "", -1, 2);

    assertThat(late.sendLagNanos()).isEqualTo(60 * MILLI);
    assertThat(late.ttftNanos()).isEqualTo(110 * MILLI);
    assertThat(late.serviceTtftNanos()).isEqualTo(50 * MILLI);
    assertThat(late.tpotNanos()).isEqualTo(10 * MILLI);
    assertThat(late.e2eNanos()).isEqualTo(150 * MILLI);
    assertThat(late.normalizedNanos()).isEqualTo(30 * MILLI);
  }

  @Test
  void theStagesOfARequestInTwoLegsAddUpToItsServiceTtft() {
    List<RequestRecord> inTwoLegs = SampleRequests.random(4, 500).stream()
        .filter(request -> request.completed() && request.twoLegs()).toList();

    assertThat(inTwoLegs).hasSizeGreaterThan(100)
        .allSatisfy(request -> assertThat(
            request.prefillLegNanos() + request.handOverNanos() + request.decodeFirstNanos())
            .isEqualTo(request.serviceTtftNanos()));
    RequestRecord one = SampleRequests.inTwoLegs(30 * MILLI, 31 * MILLI, 45 * MILLI);
    assertThat(one.prefillLegNanos()).isEqualTo(30 * MILLI);
    assertThat(one.handOverNanos()).isEqualTo(MILLI);
    assertThat(one.decodeFirstNanos()).isEqualTo(14 * MILLI);
  }

  @Test
  void aRequestInOneCallHasNoStages() {
    RequestRecord one = completed(500 * MILLI, 0, 1);

    assertThat(one.twoLegs()).isFalse();
    assertThat(one.prefillLegNanos()).isEqualTo(NEVER);
    assertThat(one.handOverNanos()).isEqualTo(NEVER);
    assertThat(one.decodeFirstNanos()).isEqualTo(NEVER);
  }

  @Test
  void oneTokenHasNoTimePerOutputTokenAndMeetsThatObjective() {
    RequestRecord single = completed(500 * MILLI, 0, 1);

    assertThat(single.tpotNanos()).isZero();
    assertThat(single.meets(SLO)).isTrue();
    assertThat(single.requiredScale(SLO)).isEqualTo(1);
  }

  @Test
  void aLatencyEqualToItsObjectiveMeetsItAndOneNanosecondMoreDoesNot() {
    assertThat(completed(500 * MILLI, 0, 1).meetsTtft(SLO)).isTrue();
    assertThat(completed(500 * MILLI + 1, 0, 1).meetsTtft(SLO)).isFalse();
    assertThat(completed(1, 3 * 30 * MILLI, 4).meetsTpot(SLO)).isTrue();
    assertThat(completed(1, 3 * 30 * MILLI + 1, 4).meetsTpot(SLO)).as("a third of a nanosecond too much").isFalse();
  }

  @Test
  void requiredScaleIsTheWorseOfBothRatios() {
    assertThat(completed(250 * MILLI, 45 * MILLI, 2).requiredScale(SLO)).isEqualTo(1.5);
    assertThat(completed(1000 * MILLI, 45 * MILLI, 2).requiredScale(SLO)).isEqualTo(2);
  }

  @Test
  void requiredScaleInThousandthsIsAtMostOneThousandExactlyWhenBothObjectivesAreMet() {
    Random random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      int tokens = 1 + random.nextInt(5);
      long ttft = 500 * MILLI + random.nextInt(7) - 3;
      long decoding = (tokens - 1L) * 30 * MILLI + (tokens == 1 ? 0 : random.nextInt(11) - 5);
      RequestRecord request = completed(ttft, decoding, tokens);

      assertThat(request.requiredScalePermille(SLO) <= 1000).isEqualTo(request.meets(SLO));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Outcome.class, names = "COMPLETED", mode = EnumSource.Mode.EXCLUDE)
  void onlyACompletedRequestCanMeetAnObjective(Outcome outcome) {
    RequestRecord request = new RequestRecord(0, 1, 2, 2, 2, 0, outcome == Outcome.UNSENT ? NEVER : 0, NEVER, NEVER, 1,
        1, 2, 3, outcome, "", -1, -1);

    assertThat(request.meetsTtft(SLO)).isFalse();
    assertThat(request.meetsTpot(SLO)).isFalse();
    assertThat(request.meets(SLO)).isFalse();
    assertThat(request.requiredScale(SLO)).isInfinite();
    assertThat(request.requiredScalePermille(SLO)).isEqualTo(NEVER);
  }

  @Test
  void anAnswerBeforeItsQuestionMeetsNothing() {
    RequestRecord impossible = completed(-1, 0, 1);

    assertThat(impossible.meets(SLO)).isFalse();
    assertThat(impossible.meetsTpot(SLO)).isFalse();
    assertThat(impossible.requiredScale(SLO)).isInfinite();
  }

  @Test
  void aDifferenceWithAnInstantThatNeverHappenedDoesNotExist() {
    RequestRecord failed = ended(Outcome.FAILED, NEVER);

    assertThat(failed.sendLagNanos()).isEqualTo(NEVER);
    assertThat(failed.ttftNanos()).isEqualTo(NEVER);
    assertThat(failed.serviceTtftNanos()).isEqualTo(NEVER);
    assertThat(failed.tpotNanos()).isEqualTo(NEVER);
    assertThat(failed.e2eNanos()).isEqualTo(NEVER);
    assertThat(failed.normalizedNanos()).isEqualTo(NEVER);
  }

  @Test
  void aScaleBeyondArithmeticDoesNotWrapAround() {
    assertThat(completed(Long.MAX_VALUE, 0, 1).requiredScalePermille(SLO)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void contradictionsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ended(Outcome.COMPLETED, 0))
        .withMessageContaining("request 0 completed");
    assertThatIllegalArgumentException().isThrownBy(() -> ended(Outcome.UNSENT, 0))
        .withMessageContaining("cannot be unsent");
    assertThatIllegalArgumentException().isThrownBy(() -> new RequestRecord(7, 1, 1, 1, 1, 0, 0, NEVER, NEVER, 1, 1, 1,
        1, Outcome.COMPLETED, "reset by peer", -1, 0)).withMessageContaining("reset by peer");
  }
}
