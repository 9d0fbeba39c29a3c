package dev.attain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.attain.measurement.Interval;
import dev.attain.measurement.Verdict;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SequentialTestTest {
  @Test
  void oneLookIsTheUsualInterval() {
    assertThat(new SequentialTest(0.9, 1).interval(0.93, 400)).isEqualTo(Interval.ofShare(0.93, 400, Interval.Z_95));
  }

  @Test
  void whatIsFarFromTheTargetIsDecidedAtOnceAndWhatIsCloseIsNot() {
    var test = new SequentialTest(0.9, 4);

    assertThat(test.decide(0.99, 500)).isEqualTo(Verdict.PASS);
    assertThat(test.decide(0.5, 50)).isEqualTo(Verdict.FAIL);
    assertThat(test.decide(0.91, 1000)).isEqualTo(Verdict.UNDECIDED);
    assertThat(test.decide(0.93, 384)).as("one look of four needs more than one of one").isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void ofAShareOnTheTargetFourLooksDecideSeldom() {
    var random = new Random(1);
    var looks = new SequentialTest(0.9, 4);
    var careless = new SequentialTest(0.9, 1);
    int[] decided = new int[2];
    for (int trial = 0; trial < 2000; trial++) {
      int[] met = IntStream.range(0, 4).map(look -> (int) random.doubles(500).filter(it -> it < 0.9).count()).toArray();
      decided[0] += decides(looks, met) ? 1 : 0;
      decided[1] += decides(careless, met) ? 1 : 0;
    }
    assertThat(decided[0] / 2000.0).isLessThan(0.05);
    assertThat(decided[1] / 2000.0).as("peeking without paying for it").isGreaterThan(0.08);
  }

  private static boolean decides(SequentialTest test, int[] met) {
    return IntStream.rangeClosed(1, met.length).anyMatch(look -> test.decide(
        Arrays.stream(met, 0, look).sum() / (500.0 * look), 500.0 * look) != Verdict.UNDECIDED);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SequentialTest(1.2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new SequentialTest(0.9, 0));
  }
}
