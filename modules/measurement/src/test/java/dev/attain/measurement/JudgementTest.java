package dev.attain.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JudgementTest {

  @Test
  void aPointPassesWhenTheWholeIntervalIsAtOrAboveTheTarget() {
    assertThat(judge(970, 1000, 0.9)).isEqualTo(new Judgement(Verdict.PASS, List.of()));
    assertThat(Judgement
        .of(new Attainment(0.95, 1, 1, 0.9, 0.97, 0.9), SampleSize.ofIndependent(500), List.of(), List.of()).verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void aPointFailsWhenTheWholeIntervalIsBelowTheTarget() {
    assertThat(judge(850, 1000, 0.9)).isEqualTo(new Judgement(Verdict.FAIL, List.of()));
    assertThat(Judgement
        .of(new Attainment(0.8, 1, 1, 0.7, 0.9, 0.9), SampleSize.ofIndependent(50), List.of(), List.of()).verdict())
        .as("an interval that touches the target is not below it").isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void aStraddlingIntervalIsUndecidedAndSaysHowManyRequestsThereWereAndWouldDo() {
    assertThat(judge(276, 300, 0.9)).isEqualTo(new Judgement(Verdict.UNDECIDED,
        List.of("the 95 % interval of the attainment, 88.37 to 94.57 %, straddles the target of 90.00 %: "
            + "300 planned requests are too few to decide, about 565 further ones would do at the same share")));
  }

  @Test
  void noNumberOfRequestsIsSuggestedWhenNoneWouldDecide() {
    assertThat(judge(90, 100, 0.9).reasons()).singleElement().asString().endsWith("too few to decide");
    assertThat(judge(1000, 1000, 1).reasons()).singleElement().asString().endsWith("too few to decide");
  }

  @Test
  void theSuggestedNumberOfRequestsDecides() {
    for (long met : new long[]{885, 890, 910, 915}) {
      Judgement judgement = judge(met, 1000, 0.9);
      String words = judgement.reasons().getFirst();
      long enough = Long.parseLong(words.replaceAll(".*about (\\d+) further.*", "$1")) + 1000;
      double share = met / 1000.0;
      assertThat(judge(Math.round(share * enough * 1.05), Math.round(enough * 1.05), 0.9).verdict())
          .isEqualTo(share > 0.9 ? Verdict.PASS : Verdict.FAIL);
    }
  }

  @Test
  void requestsThatResembleEachOtherNeedMoreOfTheirKind() {
    var size = new SampleSize(3000, 300);
    Attainment attainment = Attainment.of(counts(2760, 3000), 0.9, size);
    assertThat(attainment.low()).isEqualTo(Interval.wilson95(276, 300).low());
    assertThat(Judgement.of(attainment, size, List.of(), List.of()).reasons()).singleElement().asString()
        .endsWith("3000 planned requests, which say as much as 300 independent ones, are too few to decide, "
            + "about 5644 further ones would do at the same share");
  }

  @Test
  void pointsWithOtherSeedsAddUp() {
    assertThat(new SampleSize(1000, 50).plus(new SampleSize(2000, 70))).isEqualTo(new SampleSize(3000, 120));
  }

  @Test
  void aDoubtLeavesOpenWhatWouldHavePassedAndDecidesWhatFallsShort() {
    List<String> doubts = List.of("overloaded");
    assertThat(doubted(990, doubts)).isEqualTo(new Judgement(Verdict.UNDECIDED, doubts));
    assertThat(doubted(900, doubts).reasons()).hasSize(2).last().isEqualTo("overloaded");
    assertThat(doubted(890, List.of()).verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(doubted(890, doubts)).isEqualTo(new Judgement(Verdict.FAIL, List.of()));
    assertThat(doubted(100, doubts)).isEqualTo(new Judgement(Verdict.FAIL, List.of()));
  }

  private static Judgement doubted(long met, List<String> doubts) {
    return Judgement.of(Attainment.of(counts(met, 1000), 0.9), SampleSize.ofIndependent(1000), doubts, List.of());
  }

  @Test
  void invalidReasonsWinAndAllAreKept() {
    List<String> reasons = List.of("the generator was late", "node load-1 was lost");
    assertThat(Judgement.of(Attainment.of(counts(1000, 1000), 0.9), SampleSize.ofIndependent(1000), List.of(), reasons))
        .isEqualTo(new Judgement(Verdict.INVALID, reasons));
  }

  @Test
  void aPointWithoutPlannedRequestsIsInvalid() {
    assertThat(Judgement.of(Attainment.of(Counts.none(), 0.9), SampleSize.ofIndependent(0), List.of(), List.of()))
        .isEqualTo(new Judgement(Verdict.INVALID, List.of("no requests were planned")));
    assertThat(Judgement.of(Attainment.of(Counts.none(), 0.9), SampleSize.ofIndependent(0), List.of(), List.of("late"))
        .reasons()).containsExactly("late",
            "no requests were planned");
  }

  private static Judgement judge(long met, long planned, double target) {
    return Judgement.of(Attainment.of(counts(met, planned), target), SampleSize.ofIndependent(planned), List.of(),
        List.of());
  }

  private static Counts counts(long met, long planned) {
    return new Counts(planned, planned, planned, 0, 0, 0, 0, met, met, met, 0, 0, 0);
  }
}
